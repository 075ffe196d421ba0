import { setTimeout as pause } from 'node:timers/promises';
import { dynamoDbClient } from '../aws/clients.ts';
import { consumerHandler } from '../aws/consumer-handler.ts';
import { dynamoInvoiceBook } from './aws/dynamo-invoice-book.ts';
import { consumerEnvironment, readEnvironment } from '../aws/environment.ts';
import { runPolicy } from './pace.ts';
import { processOrderEvents } from './process-order-events.ts';

/** One for each record in progress: cancellations are written one by one. */
const SOCKETS = runPolicy.maxConcurrentRuns * runPolicy.maxRecordsPerRun;

const environment = readEnvironment(consumerEnvironment, process.env);

const book = dynamoInvoiceBook({
  client: dynamoDbClient(SOCKETS),
  tableName: environment.TABLE_NAME,
  pacing: { pause, random: Math.random },
});

export const handler = consumerHandler({
  environment,
  policy: runPolicy,
  process: processOrderEvents(book),
});
