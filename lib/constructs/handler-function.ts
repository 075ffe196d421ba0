import { Validations } from 'aws-cdk-lib/core';
import type { Duration } from 'aws-cdk-lib/core';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import type { FunctionOptions } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { handlerCode } from './handler-code.ts';
import type { ClientNetwork } from './kafka-cluster.ts';
import { unreadNetwork } from './outside-network.ts';

export interface HandlerFunctionProps {
  readonly description: string;
  /** The file of the handler, from the folder of cdk.json. */
  readonly entry: string;
  /** The export for Lambda; default: `handler`. */
  readonly exported?: string;
  readonly timeout: Duration;
  readonly memoryMegabytes: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Carries every permission; nothing is added to it here. */
  readonly role: IRole;
  readonly logGroup: ILogGroup;
  readonly logLevel: 'DEBUG' | 'INFO' | 'WARN';
  /** Executions kept free for this function, and its limit. */
  readonly reservedConcurrentExecutions?: number | undefined;
  /** Its network, if it speaks Kafka itself; the role must be allowed to connect it. */
  readonly network?: ClientNetwork | undefined;
}

/** A function whose code is the bundle of its handler. */
export class HandlerFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, props: HandlerFunctionProps) {
    super(scope, id, {
      description: props.description,
      code: handlerCode(props.entry),
      handler: `index.${props.exported ?? 'handler'}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMegabytes,
      timeout: props.timeout,
      role: props.role,
      environment: { NODE_OPTIONS: '--enable-source-maps', ...props.environment },
      logGroup: props.logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel[props.logLevel],
      systemLogLevelV2: SystemLogLevel.INFO,
      tracing: Tracing.DISABLED,
      ...(props.reservedConcurrentExecutions === undefined
        ? {}
        : { reservedConcurrentExecutions: props.reservedConcurrentExecutions }),
      ...(props.network === undefined ? {} : placedIn(props.network)),
    });
    acknowledgeRules(this, props);
  }
}

function placedIn(network: ClientNetwork): Pick<FunctionOptions, 'vpc' | 'vpcSubnets' | 'securityGroups'> {
  return {
    vpc: network.vpc,
    vpcSubnets: { subnets: [...network.subnets] },
    securityGroups: [network.clientSecurityGroup],
  };
}

const noDeadLetters =
  'A synchronous invocation never uses the dead-letter queue of a function: failures go to its caller. A sample that ' +
  'a schedule asks for and that fails is replaced by the next one.';

function acknowledgeRules(scope: HandlerFunction, props: HandlerFunctionProps): void {
  Validations.of(scope).acknowledge(
    { id: 'NIST.800.53.R5::NIST.800.53.R5-LambdaDLQ', reason: noDeadLetters },
    { id: 'Serverless::Serverless-LambdaDLQ', reason: noDeadLetters },
    {
      id: 'Serverless::Serverless-LambdaTracing',
      reason:
        'AWS X-Ray does not support functions with a Kafka mapping (Security Hub control Lambda.7), and a trace of ' +
        'whoever writes to the topic would end there.',
    },
  );
  if (props.network !== undefined) acknowledgeUnreadNetwork(scope);
  if (props.reservedConcurrentExecutions !== undefined) return;
  Validations.of(scope).acknowledge({
    id: 'NIST.800.53.R5::NIST.800.53.R5-LambdaConcurrency',
    reason:
      "Its callers already limit its concurrency (a mapping's pollers, or an operator); a lower limit would only " +
      'throttle them.',
  });
}

function acknowledgeUnreadNetwork(scope: HandlerFunction): void {
  Validations.of(scope).acknowledge({
    id: 'cdk-validator-cfnguard::lambda_inside_vpc_check',
    reason: unreadNetwork,
  });
}
