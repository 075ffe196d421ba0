import type { IncomingHttpHeaders } from 'node:http';

/** The second argument of a handler. */
export interface InvocationContext {
  readonly clientContext: unknown;
  readonly identity: unknown;
  readonly invokedFunctionArn: string;
  readonly awsRequestId: string;
  readonly tenantId: string | undefined;
  readonly xRayTraceId: string | undefined;
  readonly functionName: string | undefined;
  readonly functionVersion: string | undefined;
  /** A number, as text. */
  readonly memoryLimitInMB: string | undefined;
  readonly logGroupName: string | undefined;
  readonly logStreamName: string | undefined;
  /** Negative once the deadline has passed. */
  readonly getRemainingTimeInMillis: () => number;
}

/**
 * Builds the context from what came with the invocation and from the variables of the environment.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export function createInvocationContext(
  headers: IncomingHttpHeaders,
  variables: NodeJS.ProcessEnv,
  now: () => number,
): InvocationContext {
  const deadlineMs = Number(text(headers, 'lambda-runtime-deadline-ms'));
  return {
    clientContext: json(headers, 'lambda-runtime-client-context'),
    identity: json(headers, 'lambda-runtime-cognito-identity'),
    invokedFunctionArn: text(headers, 'lambda-runtime-invoked-function-arn') ?? '',
    awsRequestId: text(headers, 'lambda-runtime-aws-request-id') ?? '',
    tenantId: text(headers, 'lambda-runtime-aws-tenant-id'),
    xRayTraceId: text(headers, 'lambda-runtime-trace-id'),
    functionName: variables['AWS_LAMBDA_FUNCTION_NAME'],
    functionVersion: variables['AWS_LAMBDA_FUNCTION_VERSION'],
    memoryLimitInMB: variables['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    logGroupName: variables['AWS_LAMBDA_LOG_GROUP_NAME'],
    logStreamName: variables['AWS_LAMBDA_LOG_STREAM_NAME'],
    getRemainingTimeInMillis: () => deadlineMs - now(),
  };
}

function text(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function json(headers: IncomingHttpHeaders, name: string): unknown {
  const value = text(headers, name);
  return value === undefined ? undefined : JSON.parse(value);
}
