import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import withMiddleware from '@middy/core';
import { type ProduceDeps, produceOrders, type SentEvent } from './produce-orders.ts';

export interface Producer extends ProduceDeps {
  readonly topic: string;
  readonly logger: Logger;
}

/** The function's answer. */
export interface ProducedOrders {
  readonly topic: string;
  /** In the order of the request. */
  readonly sent: readonly SentEvent[];
}

/** Without middy's early answer before the timeout: a send that goes on in a later invocation would be news to nobody. */
const NO_EARLY_TIMEOUT = { timeoutEarlyInMillis: 0 };

/** An invalid request, which the caller must fix: the same request always fails. */
class InvalidRequest extends Error {
  override readonly name = 'InvalidRequest';
}

/** Connects producing with Lambda: what cannot be served becomes the invocation's error. Payloads are never logged. */
export function producerHandler({ topic, logger, ...deps }: Producer) {
  const produce = async (payload: unknown, context: { awsRequestId: string }): Promise<ProducedOrders> => {
    const sent = await produceOrders({ payload, requestId: context.awsRequestId }, deps);
    if (!sent.ok) throw new InvalidRequest(sent.error);
    logger.info('Orders sent', { topic, count: sent.value.length });
    return { topic, sent: sent.value };
  };
  return withMiddleware<unknown, ProducedOrders>(produce, NO_EARLY_TIMEOUT).use(injectLambdaContext(logger));
}
