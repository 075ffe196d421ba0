import {
  InvokeCommand,
  LambdaClient,
  LambdaServiceException,
  TooManyRequestsException,
} from '@aws-sdk/client-lambda';
import type { InvocationResult } from '../../retry/invocation-result.ts';
import { problemOf } from '../../retry/mapping-problem.ts';
import { onceClient } from '../once-client.ts';
import { CALL_TIMEOUT_MS, resultOf } from './function-response.ts';

/** Invokes through the AWS SDK, for an endpoint of somebody else, which may want signed requests. */
export function sdkInvoker(settings: {
  readonly functionName: string;
  readonly lambdaEndpoint: string;
  readonly region: string;
}): (event: string) => Promise<InvocationResult> {
  const client = new LambdaClient({
    ...onceClient({ endpoint: settings.lambdaEndpoint, region: settings.region }),
    requestHandler: { requestTimeout: CALL_TIMEOUT_MS, throwOnRequestTimeout: true },
  });
  return async (event) => {
    try {
      const response = await client.send(
        new InvokeCommand({ FunctionName: settings.functionName, Payload: event }),
      );
      return resultOf({
        requestId: response.$metadata.requestId,
        statusCode: response.StatusCode,
        executedVersion: response.ExecutedVersion,
        functionError: response.FunctionError,
        payload: response.Payload?.transformToString() ?? '',
      });
    } catch (error) {
      return notReached(error);
    }
  };
}

function notReached(error: unknown): InvocationResult {
  const message = error instanceof Error ? error.message : String(error);
  const throttled =
    error instanceof TooManyRequestsException ||
    (error instanceof LambdaServiceException && error.$metadata.httpStatusCode === 429);
  if (throttled) return { kind: 'throttled', message };
  const problem = problemOf(error);
  return { kind: 'unreachable', message, ...(problem === undefined ? {} : { problem }) };
}
