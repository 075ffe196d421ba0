import { setTimeout as pause } from 'node:timers/promises';
import { dynamoDbClient } from '../aws/clients.ts';
import { consumerHandler } from '../aws/consumer-handler.ts';
import { dynamoStockBook } from '../aws/dynamo-stock-book.ts';
import { consumerEnvironment, itemLifetime, readEnvironment } from '../aws/environment.ts';
import { expiryAfter } from '../aws/item-expiry.ts';
import { processOrderEvents } from './process-order-events.ts';

/** Ten full transactions, and single cancellations besides. */
const SOCKETS = 50;

const environment = readEnvironment({ ...consumerEnvironment, ...itemLifetime }, process.env);

const book = dynamoStockBook({
  client: dynamoDbClient(SOCKETS),
  tableName: environment.TABLE_NAME,
  expiry: expiryAfter(environment.ITEM_TTL_DAYS, Date.now),
});

export const handler = consumerHandler({
  environment,
  // One run at a time: it is split into transactions by what they touch, which only works on all that is in progress.
  policy: { maxConcurrentRuns: 1, maxRecordsPerRun: 250, minRemainingMs: 4_000 },
  process: processOrderEvents({ book, pacing: { pause, random: Math.random } }),
});
