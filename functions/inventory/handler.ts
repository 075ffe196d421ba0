import { setTimeout as pause } from 'node:timers/promises';
import { dynamoDbClient } from '../aws/clients.ts';
import { consumerHandler } from '../aws/consumer-handler.ts';
import { dynamoStockBook } from './aws/dynamo-stock-book.ts';
import { consumerEnvironment, itemLifetime, readEnvironment } from '../aws/environment.ts';
import { expiryAfter } from '../aws/item-expiry.ts';
import { runPolicy } from './pace.ts';
import { processOrderEvents } from './process-order-events.ts';

/** Ten full transactions, and single cancellations besides. */
const SOCKETS = 50;

const environment = readEnvironment({ ...consumerEnvironment, ...itemLifetime }, process.env);

const pacing = { pause, random: Math.random };

const book = dynamoStockBook({
  client: dynamoDbClient(SOCKETS),
  pacing,
  tableName: environment.TABLE_NAME,
  expiry: expiryAfter(environment.ITEM_TTL_DAYS, Date.now),
});

export const handler = consumerHandler({
  environment,
  policy: runPolicy,
  process: processOrderEvents({ book, pacing }),
});
