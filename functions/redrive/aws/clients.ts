import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';

const CONNECTION_TIMEOUT_MS = 2_000;
const REQUEST_TIMEOUT_MS = 5_000;

/** A timeout above that of any consumer, because without an answer the fate of its records would be unknown. */
const INVOCATION_TIMEOUT_MS = 90_000;

/** Many records are noted and many messages received at once. */
const SOCKETS = 50;

const requestHandler = (requestTimeout: number) => ({
  connectionTimeout: CONNECTION_TIMEOUT_MS,
  requestTimeout,
  throwOnRequestTimeout: true,
  httpAgent: { maxSockets: SOCKETS },
  httpsAgent: { maxSockets: SOCKETS },
});

/**
 * The services that the function calls, each through an endpoint of its network. Their names are not the dual-stack ones,
 * which the function's environment asks for because of the MSK API: see ADR 17.
 */
export function openClients() {
  const quick = { requestHandler: requestHandler(REQUEST_TIMEOUT_MS), useDualstackEndpoint: false };
  return {
    tables: new DynamoDBClient(quick),
    queues: new SQSClient({ ...quick, useQueueUrlAsEndpoint: false }),
    functions: new LambdaClient({ ...quick, requestHandler: requestHandler(INVOCATION_TIMEOUT_MS) }),
  };
}
