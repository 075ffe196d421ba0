import { dynamoDbClient } from '../aws/clients.ts';
import { consumerHandler } from '../aws/consumer-handler.ts';
import { dynamoInvoiceBook } from '../aws/dynamo-invoice-book.ts';
import { consumerEnvironment, readEnvironment } from '../aws/environment.ts';
import { recordByRecord } from '../kafka/record-by-record.ts';
import { processOrderEvent } from './process-order-event.ts';

const LANES = 50;

const environment = readEnvironment(consumerEnvironment, process.env);

export const handler = consumerHandler({
  environment,
  policy: { maxConcurrentRuns: LANES, maxRecordsPerRun: 1, minRemainingMs: 4_000 },
  process: recordByRecord(
    processOrderEvent(dynamoInvoiceBook(dynamoDbClient(LANES), environment.TABLE_NAME)),
  ),
});
