import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics } from '@aws-lambda-powertools/metrics';
import withMiddleware from '@middy/core';
import { batchHandler } from '../kafka/batch-handler.ts';
import { batchReport } from '../kafka/batch-report.ts';
import type { KafkaBatchResponse, KafkaEvent } from '../kafka/kafka-event.ts';
import { parkInQueue } from '../kafka/park-in-queue.ts';
import type { ProcessRecords } from '../kafka/process-records.ts';
import type { RunPolicy } from '../kafka/run-policy.ts';
import type { ReceivedEvent } from '../kernel/order-event.ts';
import { parseOrderEvent } from '../kernel/parse-order-event.ts';
import { sqsClient } from './clients.ts';
import type { ConsumerEnvironment } from './environment.ts';
import { duringInvocation } from './invocation.ts';
import { sqsSendMessage } from './sqs-send-message.ts';

/** Poison is rare, and many records of it in one batch have one cause: no need for a connection each. */
const PARKING_SOCKETS = 10;

/**
 * Without middy's early answer before the timeout: the work that is still going on would be frozen with the environment
 * and go on in a later invocation, where a send that comes so late is a second one. The timeout itself ends it.
 */
const NO_EARLY_TIMEOUT = { timeoutEarlyInMillis: 0 };

interface Consumer {
  readonly environment: ConsumerEnvironment;
  readonly policy: RunPolicy;
  readonly process: ProcessRecords<ReceivedEvent>;
}

/** Connects what all consumer functions have in common: parsing, parking, the one log line a batch and the metrics. */
export function consumerHandler({ environment, policy, process }: Consumer) {
  const logger = new Logger();
  const report = batchReport({ logger, metrics: new Metrics() });
  const park = parkInQueue({
    group: environment.CONSUMER_GROUP_ID,
    functionVersion: environment.AWS_LAMBDA_FUNCTION_VERSION,
    now: () => new Date(),
    send: sqsSendMessage(sqsClient(PARKING_SOCKETS), environment.DLQ_URL),
  });
  const consume = batchHandler(
    {
      parse: ({ value, timestamp }) => parseOrderEvent(value, { currency: environment.CURRENCY, timestamp }),
      process,
      park,
      policy,
    },
    (summary) => report.batchDone(summary),
  );
  const handle: typeof consume = (event, context) =>
    duringInvocation({ remainingMs: () => context.getRemainingTimeInMillis() }, () =>
      consume(event, context),
    );
  return withMiddleware<KafkaEvent, KafkaBatchResponse>(handle, NO_EARLY_TIMEOUT)
    .use(injectLambdaContext(logger))
    .use({ onError: ({ error }) => report.onError({ error }) });
}
