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
  }
}
