import { SQSClient } from '@aws-sdk/client-sqs';
import { AROUND_ALL_ATTEMPTS, requestHandler } from './client-settings.ts';
import { endRetriesWithInvocation, endWithInvocation } from './invocation.ts';

/** Takes the host from its configuration and not from the queue's URL, so that the endpoint stays a setting. */
export function sqsClient(sockets: number): SQSClient {
  const client = new SQSClient({ requestHandler: requestHandler(sockets), useQueueUrlAsEndpoint: false });
  client.middlewareStack.add(endRetriesWithInvocation, AROUND_ALL_ATTEMPTS);
  return endWithInvocation(client);
}
