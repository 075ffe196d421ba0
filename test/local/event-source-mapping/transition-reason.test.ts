import { expect, test } from '@jest/globals';
import { ResourceNotFoundException } from '@aws-sdk/client-lambda';
import {
  KafkaJSConnectionError,
  KafkaJSError,
  KafkaJSNumberOfRetriesExceeded,
  KafkaJSProtocolError,
} from 'kafkajs';
import { problemOf } from '../../../local/event-source-mapping/transition-reason.ts';

/** The client's types leave out that its errors take a message. */
function named(name: string): Error {
  return Object.assign(new Error('no'), { name });
}

function ofKafka(type: string): Error {
  return Object.assign(new KafkaJSProtocolError(new Error('refused')), { type });
}

function givenUp(cause: Error): Error {
  return Object.assign(new KafkaJSNumberOfRetriesExceeded(cause, { retryCount: 20, retryTime: 5_000 }), {
    cause,
  });
}

test.each([
  [
    'a function that the Invoke API does not know',
    new ResourceNotFoundException({ message: 'Function not found', $metadata: {} }),
    'FUNCTION_CONFIG_NOT_VALID',
  ],
  ['credentials that are refused', named('KafkaJSSASLAuthenticationError'), 'EVENT_SOURCE_AUTHN_ERROR'],
  ['a login that the broker ends', ofKafka('SASL_AUTHENTICATION_FAILED'), 'EVENT_SOURCE_AUTHN_ERROR'],
  ['a topic that may not be read', ofKafka('TOPIC_AUTHORIZATION_FAILED'), 'EVENT_SOURCE_AUTHZ_ERROR'],
  ['a group that may not be joined', ofKafka('GROUP_AUTHORIZATION_FAILED'), 'EVENT_SOURCE_AUTHZ_ERROR'],
  ['a cluster that may not be asked', ofKafka('CLUSTER_AUTHORIZATION_FAILED'), 'EVENT_SOURCE_AUTHZ_ERROR'],
  [
    'a refusal in the log of the client',
    new Error('Not authorized to access group: Group authorization failed'),
    'EVENT_SOURCE_AUTHZ_ERROR',
  ],
  ['a topic that does not exist', ofKafka('UNKNOWN_TOPIC_OR_PARTITION'), 'ESM_CONFIG_NOT_VALID'],
  ['a topic that cannot exist', ofKafka('INVALID_TOPIC_EXCEPTION'), 'ESM_CONFIG_NOT_VALID'],
  [
    'a missing topic in the log of the client',
    new Error('This server does not host this topic-partition'),
    'ESM_CONFIG_NOT_VALID',
  ],
  ['a cause that was tried often', givenUp(ofKafka('UNKNOWN_TOPIC_OR_PARTITION')), 'ESM_CONFIG_NOT_VALID'],
  ['a lost connection', new KafkaJSConnectionError('connect ECONNREFUSED'), undefined],
  ['a rebalance', ofKafka('REBALANCE_IN_PROGRESS'), undefined],
  ['another error of the client', new KafkaJSError('Invalid topic'), undefined],
  ['what is no error', 'ResourceNotFoundException', undefined],
] as const)('%s is classified', (_story, error, expected) => {
  const problem = problemOf(error);

  expect(problem).toBe(expected);
});
