import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Target } from './target.ts';

/** Works with a client of the target's tables, and closes its connections after that. */
export function withTableClient<T>(
  { awsClientConfig }: Target,
  work: (client: DynamoDBDocumentClient) => Promise<T>,
): Promise<T> {
  // Closing the document client does nothing: the connections are those of the client below it.
  return closing(new DynamoDBClient(awsClientConfig), (client) => work(DynamoDBDocumentClient.from(client)));
}

/** Works with a client of the target's queues, and closes its connections after that. */
export function withQueueClient<T>(
  { awsClientConfig }: Target,
  work: (client: SQSClient) => Promise<T>,
): Promise<T> {
  // Otherwise the client talks to the host in the queue's URL, which need not be where the endpoint listens.
  return closing(new SQSClient({ ...awsClientConfig, useQueueUrlAsEndpoint: false }), work);
}

/** Works with a client of the target's metrics, and closes its connections after that. */
export function withMetricClient<T>(
  { awsClientConfig }: Target,
  work: (client: CloudWatchClient) => Promise<T>,
): Promise<T> {
  return closing(new CloudWatchClient(awsClientConfig), work);
}

async function closing<C extends { readonly destroy: () => void }, T>(
  client: C,
  work: (client: C) => Promise<T>,
): Promise<T> {
  try {
    return await work(client);
  } finally {
    client.destroy();
  }
}
