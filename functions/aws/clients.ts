import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KafkaClient } from '@aws-sdk/client-kafka';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { endRetriesWithInvocation, endWithInvocation } from './invocation.ts';
import { sendingAgents } from './sending-connections.ts';

const CONNECTION_TIMEOUT_MS = 1_000;

/** A timeout far above the response times of DynamoDB and SQS; the SDK retries after it. */
const REQUEST_TIMEOUT_MS = 3_000;

/**
 * Builds settings with as many connections as concurrent calls, because the SDK's own limit of 50 would queue the
 * rest. A request without an answer fails, while the SDK waits for ever by default.
 */
function requestHandler(sockets: number) {
  return {
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    throwOnRequestTimeout: true,
    httpAgent: { maxSockets: sockets },
    httpsAgent: { maxSockets: sockets },
  };
}

/** The step of the SDK's pipeline at which a middleware sees a call once, whatever the number of its attempts. */
const AROUND_ALL_ATTEMPTS = { step: 'initialize', name: 'endRetriesWithInvocation' } as const;

/** Creates a DynamoDB client. The SDK's retries are safe, because every write recognizes itself. */
export function dynamoDbClient(sockets: number): DynamoDBClient {
  const client = new DynamoDBClient({ requestHandler: requestHandler(sockets) });
  client.middlewareStack.add(endRetriesWithInvocation, AROUND_ALL_ATTEMPTS);
  return endWithInvocation(client);
}

/** Takes the host from its configuration and not from the queue's URL, so that the endpoint stays a setting. */
export function sqsClient(sockets: number): SQSClient {
  const client = new SQSClient({ requestHandler: requestHandler(sockets), useQueueUrlAsEndpoint: false });
  client.middlewareStack.add(endRetriesWithInvocation, AROUND_ALL_ATTEMPTS);
  return endWithInvocation(client);
}

/**
 * One attempt: the SDK's default of 3 sends again after a timeout, although the first message may be out. How many
 * connections there are is up to whoever sends.
 */
function sendOnceAt(requestTimeout: number) {
  return {
    requestHandler: { requestTimeout, throwOnRequestTimeout: true, ...sendingAgents() },
    maxAttempts: 1,
  };
}

/** `timeoutMs` bounds one send from its connection to its answer; so also of {@link snsClient}. */
export function sesClient(timeoutMs: number): SESv2Client {
  return endWithInvocation(new SESv2Client(sendOnceAt(timeoutMs)));
}

export function snsClient(timeoutMs: number): SNSClient {
  return endWithInvocation(new SNSClient(sendOnceAt(timeoutMs)));
}

/** Of the MSK API, which tells where the brokers are; what it is asked for changes nothing. */
export function mskClient(): KafkaClient {
  return new KafkaClient({ requestHandler: requestHandler(1) });
}
