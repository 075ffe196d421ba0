import { setTimeout as pause } from 'node:timers/promises';
import { dynamoDbClient } from '../aws/clients.ts';
import { consumerHandler } from '../aws/consumer-handler.ts';
import { dynamoFindBill, dynamoInvoiceBook } from './aws/dynamo-invoice-book.ts';
import { consumerEnvironment, readEnvironment } from '../aws/environment.ts';
import { rehearsalHandler } from '../aws/rehearsal-handler.ts';
import { runPolicy } from './pace.ts';
import { processOrderEvents } from './process-order-events.ts';
import { rehearsalInvoiceBook } from './rehearsal-invoice-book.ts';

/** One for each record in progress: cancellations are written one by one. */
const SOCKETS = runPolicy.maxConcurrentRuns * runPolicy.maxRecordsPerRun;

const environment = readEnvironment(consumerEnvironment, process.env);

const table = {
  client: dynamoDbClient(SOCKETS),
  tableName: environment.TABLE_NAME,
  pacing: { pause, random: Math.random },
};

export const handler = consumerHandler({
  environment,
  policy: runPolicy,
  process: processOrderEvents(dynamoInvoiceBook(table)),
});

/** The entry of the rehearsal function. */
export const rehearse = rehearsalHandler({
  environment,
  policy: runPolicy,
  newProcess: () => processOrderEvents(rehearsalInvoiceBook(dynamoFindBill(table))),
});
