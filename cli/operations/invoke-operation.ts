import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import type { Operation } from '../../functions/redrive/operations/operation.ts';
import type { Target } from '../connection/target.ts';

/** Longer than the function may take. */
const ANSWER_WITHIN_MS = 310_000;

const failure = z.object({ errorType: z.optional(z.string()), errorMessage: z.optional(z.string()) });

/** Has the redrive function of a stage run an operation. @throws {Error} with what the function says when it fails. */
export async function invokeOperation<
  Q extends z.ZodMiniType<{ readonly operation: string }>,
  A extends z.ZodMiniType,
>(target: Target, operation: Operation<Q, A>, request: z.infer<Q>): Promise<z.infer<A>> {
  const FunctionName = target.outputs.redriveFunctionName;
  const client = new LambdaClient({
    ...target.invokeClientConfig,
    requestHandler: { requestTimeout: ANSWER_WITHIN_MS, throwOnRequestTimeout: true },
    // An answer that is lost does not mean that nothing was done; a person decides whether to ask again.
    maxAttempts: 1,
  });
  try {
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(request) }),
    );
    const answer: unknown = JSON.parse(Payload?.transformToString() ?? 'null');
    if (FunctionError === undefined) return operation.answer.parse(answer);
    throw failed(FunctionName, failure.parse(answer));
  } finally {
    client.destroy();
  }
}

/** Shows errors that the caller can fix unchanged; for all others it refers to the function's log. */
function failed(functionName: string, { errorType, errorMessage }: z.infer<typeof failure>): Error {
  return errorType === 'OperationRefused'
    ? new Error(errorMessage)
    : new Error(`The function ${functionName} failed: ${errorMessage ?? errorType ?? 'without a reason'}`);
}
