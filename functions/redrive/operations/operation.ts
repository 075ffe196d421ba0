import type * as z from 'zod/mini';
import type { OperationPorts } from '../ports.ts';

/**
 * One thing that can be done with a stage. What it is asked and what it answers are plain JSON, so that it may run in
 * another process than the command that wants it.
 */
export interface Operation<
  Q extends z.ZodMiniType<{ readonly operation: string }> = z.ZodMiniType<{ readonly operation: string }>,
  A extends z.ZodMiniType = z.ZodMiniType,
> {
  readonly request: Q;
  readonly answer: A;
  /** @throws {OperationRefused} for what the caller has to mend; whatever else a port throws. */
  readonly run: (ports: OperationPorts, request: z.infer<Q>) => Promise<z.infer<A>>;
}

/** The request cannot be served; the message says what to do instead. */
export class OperationRefused extends Error {
  override readonly name = 'OperationRefused';
}
