import { describe, expect, test } from '@jest/globals';
import { KafkaJSConnectionError, KafkaJSNumberOfRetriesExceeded } from 'kafkajs';
import { explainFailure } from '../../../cli/connection/explain-failure.ts';

const local = { kind: 'local', name: 'the local environment' } as const;
const running = {
  ...local,
  running: {
    bootstrapServers: '127.0.0.1:9092',
    awsEndpoint: 'http://127.0.0.1:4566',
    isEndpointAdopted: false,
    logsDirectory: '/run/logs',
  },
} as const;
const adopting = { ...local, running: { ...running.running, isEndpointAdopted: true } } as const;
const aws = { kind: 'aws', name: 'stage dev on AWS' } as const;

const noConnection = new KafkaJSNumberOfRetriesExceeded(new KafkaJSConnectionError('Connection timeout'), {
  retryCount: 2,
  retryTime: 300,
});

describe('a failure is explained in one line', () => {
  test.each([
    {
      story: 'MSK brokers that cannot be reached are said to be inside their VPC',
      thrown: noConnection,
      place: aws,
      message:
        'Cannot reach the brokers of stage dev on AWS (Connection timeout). MSK brokers can be reached from inside ' +
        'their VPC only: run this on a machine there, or through a VPN into it.',
    },
    {
      story: 'a local broker that cannot be reached is probably not up',
      thrown: noConnection,
      place: local,
      message:
        'Cannot reach the broker of the local environment (Connection timeout). Is it still up? Start it with: npm start',
    },
    {
      story: 'refused credentials name the permissions that are needed',
      thrown: Object.assign(new Error('Access denied'), { name: 'KafkaJSSASLAuthenticationError' }),
      place: aws,
      message:
        'The brokers of stage dev on AWS refuse these credentials (Access denied). They need kafka-cluster:Connect ' +
        'and the permissions for topic and groups. aws sts get-caller-identity shows who you are.',
    },
    {
      story: 'missing credentials say how to get some',
      thrown: Object.assign(new Error('Could not load credentials'), { name: 'CredentialsProviderError' }),
      place: aws,
      message: 'No AWS credentials found. Log in (aws sso login) or set AWS_PROFILE, and try again.',
    },
    {
      story: 'a missing region says where to set it',
      thrown: new Error('Region is missing'),
      place: aws,
      message: 'No AWS region is set. Set AWS_REGION, or a region in the profile, and try again.',
    },
    {
      story: 'a local endpoint that does not answer is probably not up',
      thrown: Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }),
      place: local,
      message:
        'Cannot reach the AWS endpoint of the local environment (ECONNREFUSED). Is it still up? Start it with: npm start',
    },
    {
      story: 'a broker of a running environment that does not answer is named, and no start is advised',
      thrown: noConnection,
      place: running,
      message:
        'The broker of the local environment, 127.0.0.1:9092, does not answer (Connection timeout). The environment ' +
        'runs, so its broker is frozen or too busy: look into /run/logs/kafka.log, or stop it (npm run orders -- down) ' +
        'and start it again (npm start).',
    },
    {
      story: 'an emulator of a running environment that does not answer is named',
      thrown: Object.assign(new Error('too late'), { name: 'TimeoutError' }),
      place: running,
      message:
        'The AWS endpoint of the local environment, http://127.0.0.1:4566, does not answer (it takes too long). The ' +
        'environment runs, so its emulator is frozen or too busy: look into /run/logs/ministack.log, or stop it ' +
        '(npm run orders -- down) and start it again (npm start).',
    },
    {
      story: 'an endpoint that was there before the environment is left to whoever started it',
      thrown: Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }),
      place: adopting,
      message:
        'The AWS endpoint of the local environment, http://127.0.0.1:4566, does not answer (ECONNREFUSED). The ' +
        'environment continues when the endpoint answers again. The endpoint is your own (--aws-endpoint), so look where ' +
        'you started it. If it restarts empty, the environment says so and stops.',
    },
    {
      story: 'a queue that is gone from a local endpoint may be one that the endpoint forgot',
      thrown: Object.assign(new Error('No such queue.'), { name: 'QueueDoesNotExist' }),
      place: running,
      message:
        'A queue or a table is missing at the AWS endpoint of the local environment, http://127.0.0.1:4566 (No such ' +
        'queue.). Somebody deleted it, or the endpoint restarted empty: then the environment says so within seconds ' +
        'and stops.',
    },
    {
      story: 'a table that is gone from a stage on AWS has to be deployed again',
      thrown: Object.assign(new Error('No such table.'), { name: 'ResourceNotFoundException' }),
      place: aws,
      message: 'A queue or a table of stage dev on AWS does not exist (No such table.). Deploy it again.',
    },
    {
      story: 'anything else keeps its own words',
      thrown: new Error('as it is'),
      place: local,
      message: 'as it is',
    },
    { story: 'what is no error is told all the same', thrown: 'oops', place: local, message: 'oops' },
  ])('$story', ({ thrown, place, message }) => {
    const explained = explainFailure(thrown, place);

    expect(explained.message).toBe(message);
  });

  test('the cause of the error is kept', () => {
    const explained = explainFailure(noConnection, local);

    expect(explained.cause).toBe(noConnection);
  });
});
