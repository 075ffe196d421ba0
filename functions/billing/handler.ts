import { dynamoDbClient } from '../aws/clients.ts';
import { consumerHandler } from '../aws/consumer-handler.ts';
import { dynamoInvoiceBook } from './aws/dynamo-invoice-book.ts';
import { consumerEnvironment, readEnvironment } from '../aws/environment.ts';
import { recordByRecord } from '../kafka/record-by-record.ts';
import { runPolicy } from './pace.ts';
import { processOrderEvent } from './process-order-event.ts';

const environment = readEnvironment(consumerEnvironment, process.env);

export const handler = consumerHandler({
  environment,
  policy: runPolicy,
  process: recordByRecord(
    processOrderEvent(dynamoInvoiceBook(dynamoDbClient(runPolicy.maxConcurrentRuns), environment.TABLE_NAME)),
  ),
});
