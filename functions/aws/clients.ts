import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KafkaClient } from '@aws-sdk/client-kafka';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { endWithInvocation } from './invocation.ts';

const CONNECTION_TIMEOUT_MS = 1_000;

/** Far beyond what DynamoDB and SQS need; the SDK tries again then. */
const REQUEST_TIMEOUT_MS = 3_000;

/** Longer, since the outcome of a send that is given up is unknown for good. */
const SEND_TIMEOUT_MS = 8_000;

/**
 * As many connections as calls in progress: the SDK's own limit of 50 would queue the rest. A request that gets no answer
 * ends with an error, where the SDK's default is to wait for ever.
 */
function requestHandler(sockets: number, requestTimeout = REQUEST_TIMEOUT_MS) {
  return {
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout,
    throwOnRequestTimeout: true,
    httpAgent: { maxSockets: sockets },
    httpsAgent: { maxSockets: sockets },
  };
}

/** Retries inside the SDK are safe here: every write knows itself again. */
export function dynamoDbClient(sockets: number): DynamoDBClient {
  return endWithInvocation(new DynamoDBClient({ requestHandler: requestHandler(sockets) }));
}

/** Takes the host from its configuration and not from the queue's URL, so that the endpoint stays a setting. */
export function sqsClient(sockets: number): SQSClient {
  const client = new SQSClient({ requestHandler: requestHandler(sockets), useQueueUrlAsEndpoint: false });
  return endWithInvocation(client);
}

/** One attempt: the SDK's default of 3 sends again after a timeout, although the first message may be out. */
export function sesClient(sockets: number): SESv2Client {
  return new SESv2Client({ requestHandler: requestHandler(sockets, SEND_TIMEOUT_MS), maxAttempts: 1 });
}

/** One attempt, for the same reason. */
export function snsClient(sockets: number): SNSClient {
  return new SNSClient({ requestHandler: requestHandler(sockets, SEND_TIMEOUT_MS), maxAttempts: 1 });
}

/** Of the MSK API, which tells where the brokers are; what it is asked for changes nothing. */
export function mskClient(): KafkaClient {
  return new KafkaClient({ requestHandler: requestHandler(1) });
}
