import { expect, test } from '@jest/globals';
import { ResourceNotFoundException } from '@aws-sdk/client-lambda';
import {
  AuthenticationError,
  NetworkError,
  ProtocolError,
  ResponseError,
  UserError,
} from '@platformatic/kafka';
import { KafkaJSProtocolError } from 'kafkajs';
import { problemOf } from '../../../../local/event-source-mapping/retry/mapping-problem.ts';

const METADATA = 3;
const UNKNOWN_TOPIC_OR_PARTITION = 3;

/** A broker's answer of which one part is an error. */
function answerWith(errorCode: number): Error {
  return new ResponseError(METADATA, 12, { '/topics/0': [errorCode, null] }, {});
}

test.each([
  [
    'a function that the Invoke API does not know',
    new ResourceNotFoundException({ message: 'Function not found', $metadata: {} }),
    'FUNCTION_CONFIG_NOT_VALID',
  ],
  ['credentials that are refused', new AuthenticationError('no'), 'EVENT_SOURCE_AUTHN_ERROR'],
  [
    'a login that the broker ends',
    new ProtocolError('SASL_AUTHENTICATION_FAILED'),
    'EVENT_SOURCE_AUTHN_ERROR',
  ],
  [
    'a topic that may not be read',
    new ProtocolError('TOPIC_AUTHORIZATION_FAILED'),
    'EVENT_SOURCE_AUTHZ_ERROR',
  ],
  [
    'a group that may not be joined',
    new ProtocolError('GROUP_AUTHORIZATION_FAILED'),
    'EVENT_SOURCE_AUTHZ_ERROR',
  ],
  [
    'a cluster that may not be asked',
    new ProtocolError('CLUSTER_AUTHORIZATION_FAILED'),
    'EVENT_SOURCE_AUTHZ_ERROR',
  ],
  ['a topic that does not exist', answerWith(UNKNOWN_TOPIC_OR_PARTITION), 'ESM_CONFIG_NOT_VALID'],
  ['a topic that was made anew', new ProtocolError('UNKNOWN_TOPIC_ID'), 'ESM_CONFIG_NOT_VALID'],
  ['a topic that cannot exist', new ProtocolError('INVALID_TOPIC_EXCEPTION'), 'ESM_CONFIG_NOT_VALID'],
  ['a topic that the client does not find', new UserError('Unknown topic t.'), 'ESM_CONFIG_NOT_VALID'],
  [
    'the cause of another error',
    new Error('failed', { cause: answerWith(UNKNOWN_TOPIC_OR_PARTITION) }),
    'ESM_CONFIG_NOT_VALID',
  ],
  [
    'a topic that the admin client does not find',
    Object.assign(new KafkaJSProtocolError(new Error('no')), { type: 'UNKNOWN_TOPIC_OR_PARTITION' }),
    'ESM_CONFIG_NOT_VALID',
  ],
  ['a lost connection', new NetworkError('connect ECONNREFUSED'), undefined],
  ['a rebalance', new ProtocolError('REBALANCE_IN_PROGRESS'), undefined],
  ['what is no error', 'ResourceNotFoundException', undefined],
] as const)('%s is classified', (_story, error, expected) => {
  const problem = problemOf(error);

  expect(problem).toBe(expected);
});
