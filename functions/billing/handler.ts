import { setTimeout as pause } from 'node:timers/promises';
import { dynamoDbClient } from '../aws/clients.ts';
import { consumerHandler } from '../aws/consumer-handler.ts';
import { dynamoFindBill, dynamoInvoiceBook } from './aws/dynamo-invoice-book.ts';
import { consumerEnvironment, readEnvironment } from '../aws/environment.ts';
import { rehearsalHandler } from '../aws/rehearsal-handler.ts';
import { processOrderEvents } from './process-order-events.ts';
import { rehearsalInvoiceBook } from './rehearsal-invoice-book.ts';

const environment = readEnvironment(consumerEnvironment, process.env);

/** One for each record in progress: cancellations are written one by one. */
const sockets = environment.MAX_CONCURRENT_RUNS * environment.MAX_RECORDS_PER_RUN;

const table = {
  client: dynamoDbClient(sockets),
  tableName: environment.TABLE_NAME,
  pacing: { pause, random: Math.random },
};

export const handler = consumerHandler({
  environment,
  process: processOrderEvents(dynamoInvoiceBook(table)),
});

/** The entry of the rehearsal function. */
export const rehearse = rehearsalHandler({
  environment,
  newProcess: () => processOrderEvents(rehearsalInvoiceBook(dynamoFindBill(table))),
});
