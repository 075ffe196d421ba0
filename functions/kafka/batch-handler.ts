import type { BatchSummary } from './batch-summary.ts';
import type { KafkaBatchResponse, KafkaEvent } from './kafka-event.ts';
import { type BatchDependencies, processBatch } from './process-batch.ts';

/** The part of Lambda's context that a batch needs. */
interface InvocationContext {
  readonly getRemainingTimeInMillis: () => number;
  readonly awsRequestId: string;
}

/** Creates the Lambda handler of a consumer; `report` receives the result of each batch. */
export function batchHandler<V>(
  consumer: Omit<BatchDependencies<V>, 'deadline' | 'invocationId'>,
  report: (summary: BatchSummary) => void,
): (event: KafkaEvent, context: InvocationContext) => Promise<KafkaBatchResponse> {
  return async (event, context) => {
    const deadline = { remainingMs: () => context.getRemainingTimeInMillis() };
    const { response, summary } = await processBatch(event, {
      ...consumer,
      deadline,
      invocationId: context.awsRequestId,
    });
    report(summary);
    return response;
  };
}
