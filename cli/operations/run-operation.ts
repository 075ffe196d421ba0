import type * as z from 'zod/mini';
import type { Operation } from '../../functions/redrive/operations/operation.ts';
import type { Target } from '../connection/target.ts';
import { invokeOperation } from './invoke-operation.ts';
import { runLocally } from './run-locally.ts';

type AnyRequest = z.ZodMiniType<{ readonly operation: string }>;

/** The progress for a waiting user. */
export type Tell = (progress: string) => void;

/**
 * Runs an operation where it can reach the brokers: here for the local environment, and on AWS by the stage's redrive
 * function, which stands inside the VPC. The code is the same.
 *
 * @throws {Error} that says what to mend, when the operation cannot be done.
 */
export function runOperation<Q extends AnyRequest, A extends z.ZodMiniType>(
  target: Target,
  operation: Operation<Q, A>,
  request: z.infer<Q>,
  tell?: Tell,
): Promise<z.infer<A>> {
  return target.kind === 'local'
    ? runLocally(target, operation, request, tell)
    : invokeOperation(target, operation, request);
}
