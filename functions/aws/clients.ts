import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KafkaClient } from '@aws-sdk/client-kafka';
import { AROUND_ALL_ATTEMPTS, requestHandler } from './client-settings.ts';
import { endRetriesWithInvocation, endWithInvocation } from './invocation.ts';

/** Creates a DynamoDB client. The SDK's retries are safe, because every write recognizes itself. */
export function dynamoDbClient(sockets: number): DynamoDBClient {
  const client = new DynamoDBClient({ requestHandler: requestHandler(sockets) });
  client.middlewareStack.add(endRetriesWithInvocation, AROUND_ALL_ATTEMPTS);
  return endWithInvocation(client);
}

/** Of the MSK API, which tells where the brokers are; what it is asked for changes nothing. */
export function mskClient(): KafkaClient {
  return new KafkaClient({ requestHandler: requestHandler(1) });
}
