import { Validations } from 'aws-cdk-lib/core';
import type { Duration } from 'aws-cdk-lib/core';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogLevel, NodejsFunction, OutputFormat, SourceMapMode } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

export interface ConsumerFunctionProps {
  readonly description: string;
  /** The file that exports `handler`, from the folder of cdk.json. */
  readonly entry: string;
  readonly timeout: Duration;
  readonly memoryMegabytes: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Carries every permission; nothing is added to it here. */
  readonly role: IRole;
  readonly logGroup: ILogGroup;
  readonly logLevel: 'DEBUG' | 'INFO' | 'WARN';
  /** Executions kept free for this function, and its limit. */
  readonly reservedConcurrentExecutions?: number | undefined;
}

/** A handler bundled to one CommonJS file, SDK included, so that what was tested is what runs. */
export class ConsumerFunction extends NodejsFunction {
  constructor(scope: Construct, id: string, props: ConsumerFunctionProps) {
    super(scope, id, {
      description: props.description,
      entry: props.entry,
      handler: 'handler',
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
      // AWS does not support X-Ray for functions with a Kafka mapping (Security Hub control Lambda.7).
      tracing: Tracing.DISABLED,
      awsSdkConnectionReuse: false,
      ...(props.reservedConcurrentExecutions === undefined
        ? {}
        : { reservedConcurrentExecutions: props.reservedConcurrentExecutions }),
      bundling: {
        // CommonJS starts faster than ESM here: importing Node's own modules from ESM builds a facade for each.
        format: OutputFormat.CJS,
        mainFields: ['module', 'main'],
        target: 'node24',
        minify: true,
        sourceMap: true,
        sourceMapMode: SourceMapMode.DEFAULT,
        sourcesContent: false,
        bundleAwsSDK: true,
        logLevel: LogLevel.WARNING,
      },
    });
    acknowledgeRules(this, props);
  }
}

const synchronous =
  'It is invoked synchronously, which never uses the dead letter queue of a function: failures go to its caller.';
const outside =
  'It talks to AWS services alone, over TLS with IAM; the pollers read the brokers for it. ' +
  'In the VPC it would gain nothing but a way to the brokers.';

function acknowledgeRules(scope: ConsumerFunction, props: ConsumerFunctionProps): void {
  Validations.of(scope).acknowledge(
    { id: 'NIST.800.53.R5::NIST.800.53.R5-LambdaDLQ', reason: synchronous },
    { id: 'Serverless::Serverless-LambdaDLQ', reason: synchronous },
    { id: 'NIST.800.53.R5::NIST.800.53.R5-LambdaInsideVPC', reason: outside },
    { id: 'PCI.DSS.321::PCI.DSS.321-LambdaInsideVPC', reason: outside },
    { id: 'cdk-validator-cfnguard::lambda_inside_vpc_check', reason: outside },
    {
      id: 'Serverless::Serverless-LambdaTracing',
      reason: 'AWS X-Ray does not support functions with a Kafka mapping (Security Hub control Lambda.7).',
    },
  );
  if (props.reservedConcurrentExecutions !== undefined) return;
  Validations.of(scope).acknowledge({
    id: 'NIST.800.53.R5::NIST.800.53.R5-LambdaConcurrency',
    reason: "The mapping's pollers already limit its concurrency; a lower limit would only throttle them.",
  });
}
