import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics } from '@aws-lambda-powertools/metrics';
import withMiddleware from '@middy/core';
import { AttemptBook } from '../kafka/attempts/attempt-book.ts';
import { batchHandler } from '../kafka/batch-handler.ts';
import { batchReport } from '../kafka/batch-report.ts';
import type { KafkaBatchResponse, KafkaEvent } from '../kafka/kafka-event.ts';
import { parkInQueue } from '../kafka/park-in-queue.ts';
import type { ProcessRecords } from '../kafka/process-records.ts';
import type { ReceivedEvent } from '../kernel/order-event.ts';
import { parseOnDemand } from '../kernel/parse-on-demand.ts';
import { dynamoDbClient } from './clients.ts';
import { sendToDeadLetters } from './dead-letters.ts';
import { dynamoAttemptMemory } from './dynamo-attempt-memory.ts';
import { runPolicyOf, type ConsumerEnvironment } from './environment.ts';
import { duringInvocation } from './invocation.ts';
import { expiryAfter } from './item-expiry.ts';

/** The connections for parking: few, because poison is rare, and many poison records in one batch have one cause. */
const PARKING_SOCKETS = 10;

/** Attempts are counted for one record in an invocation, and for the few that meet a fault of ours. */
const ATTEMPT_SOCKETS = 5;
/** A lifetime far above the duration of one record's attempts. */
const ATTEMPTS_KEPT_DAYS = 2;

/**
 * Without middy's early answer before the timeout: the work that is still going on would be frozen with the environment
 * and go on in a later invocation, where a send that comes so late is a second one. The timeout itself ends it.
 */
const NO_EARLY_TIMEOUT = { timeoutEarlyInMillis: 0 };

interface Consumer {
  readonly environment: ConsumerEnvironment;
  readonly process: ProcessRecords<ReceivedEvent>;
}

/** Connects the common parts of all consumer functions: parsing, parking, the one log line per batch and the metrics. */
export function consumerHandler({ environment, process }: Consumer) {
  const logger = new Logger();
  const report = batchReport({ logger, metrics: new Metrics() });
  const park = parkInQueue({
    group: environment.CONSUMER_GROUP_ID,
    functionVersion: environment.AWS_LAMBDA_FUNCTION_VERSION,
    now: () => new Date(),
    send: sendToDeadLetters(environment.DLQ_URL, PARKING_SOCKETS),
  });
  let attemptClient: ReturnType<typeof dynamoDbClient> | undefined;
  const attempts = new AttemptBook(
    dynamoAttemptMemory({
      client: () => (attemptClient ??= dynamoDbClient(ATTEMPT_SOCKETS)),
      tableName: environment.TABLE_NAME,
      expiry: expiryAfter(ATTEMPTS_KEPT_DAYS, Date.now),
    }),
    { pause, random: Math.random },
  );
  const consume = batchHandler(
    {
      parse: ({ value, timestamp }) => parseOnDemand(value, { currency: environment.CURRENCY, timestamp }),
      process,
      park,
      policy: runPolicyOf(environment),
      attempts,
      nowMs: Date.now,
      objectiveMs: environment.EFFECT_OBJECTIVE_SECONDS * 1_000,
      pause,
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
