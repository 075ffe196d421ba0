import { setTimeout as pause } from 'node:timers/promises';
import { dynamoDbClient } from '../aws/clients.ts';
import { consumerHandler } from '../aws/consumer-handler.ts';
import { dynamoStockBook, dynamoStockReader } from './aws/dynamo-stock-book.ts';
import { consumerEnvironment, itemLifetime, readEnvironment } from '../aws/environment.ts';
import { expiryAfter } from '../aws/item-expiry.ts';
import { rehearsalHandler } from '../aws/rehearsal-handler.ts';
import { processOrderEvents } from './process-order-events.ts';
import { rehearsalStockBook } from './rehearsal-stock-book.ts';

/** Ten full transactions, and single cancellations besides. */
const SOCKETS = 50;

const environment = readEnvironment({ ...consumerEnvironment, ...itemLifetime }, process.env);

const pacing = { pause, random: Math.random };

const client = dynamoDbClient(SOCKETS);
const tableName = environment.TABLE_NAME;

const book = dynamoStockBook({
  client,
  pacing,
  tableName,
  expiry: expiryAfter(environment.ITEM_TTL_DAYS, Date.now),
});

export const handler = consumerHandler({
  environment,
  process: processOrderEvents({ book, pacing }),
});

/** The entry of the rehearsal function. */
export const rehearse = rehearsalHandler({
  environment,
  newProcess: () =>
    processOrderEvents({ book: rehearsalStockBook(dynamoStockReader({ client, tableName })), pacing }),
});
