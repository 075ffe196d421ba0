import { Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { HandlerFunction } from './handler-function.ts';
import type { HandlerFunctionProps } from './handler-function.ts';

const outside =
  'It talks to AWS services alone, over TLS with IAM; the pollers read the brokers for it. ' +
  'In the VPC it would gain nothing but a way to the brokers.';

/** A handler that is given its records by an event source mapping, and stands outside the brokers' network. */
export class ConsumerFunction extends HandlerFunction {
  constructor(scope: Construct, id: string, props: Omit<HandlerFunctionProps, 'network'>) {
    super(scope, id, props);
    Validations.of(this).acknowledge(
      { id: 'NIST.800.53.R5::NIST.800.53.R5-LambdaInsideVPC', reason: outside },
      { id: 'PCI.DSS.321::PCI.DSS.321-LambdaInsideVPC', reason: outside },
      { id: 'cdk-validator-cfnguard::lambda_inside_vpc_check', reason: outside },
    );
  }
}
