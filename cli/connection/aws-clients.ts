import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Target } from './target.ts';

export function tableClient({ awsClientConfig }: Target): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(new DynamoDBClient(awsClientConfig));
}

export function queueClient({ awsClientConfig }: Target): SQSClient {
  // Otherwise the client talks to the host in the queue's URL, which need not be where the endpoint listens.
  return new SQSClient({ ...awsClientConfig, useQueueUrlAsEndpoint: false });
}
