import { Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { HandlerFunction } from './handler-function.ts';
import type { HandlerFunctionProps } from './handler-function.ts';
import { outsideNetwork, unreadNetwork } from './outside-network.ts';

/** A handler outside of the brokers' network: the pollers of its event source mapping read the brokers for it. */
export class ConsumerFunction extends HandlerFunction {
  constructor(scope: Construct, id: string, props: Omit<HandlerFunctionProps, 'network'>) {
    super(scope, id, props);
    Validations.of(this).acknowledge(
      { id: 'NIST.800.53.R5::NIST.800.53.R5-LambdaInsideVPC', reason: outsideNetwork },
      { id: 'PCI.DSS.321::PCI.DSS.321-LambdaInsideVPC', reason: outsideNetwork },
      { id: 'cdk-validator-cfnguard::lambda_inside_vpc_check', reason: unreadNetwork },
    );
  }
}
