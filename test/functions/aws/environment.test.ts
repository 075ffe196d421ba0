import { describe, expect, test } from '@jest/globals';
import {
  consumerEnvironment,
  itemLifetime,
  kafkaEnvironment,
  samplerEnvironment,
  readEnvironment,
} from '../../../functions/aws/environment.ts';

const complete = {
  CONSUMER_GROUP_ID: 'billing-group',
  TABLE_NAME: 'billing',
  DLQ_URL: 'https://sqs.eu-central-1.amazonaws.com/123456789012/billing-dlq',
  CURRENCY: 'EUR',
  AWS_LAMBDA_FUNCTION_VERSION: '7',
  ITEM_TTL_DAYS: '30',
  EFFECT_OBJECTIVE_SECONDS: '60',
  MAX_CONCURRENT_RUNS: '4',
  MAX_RECORDS_PER_RUN: '25',
  MIN_REMAINING_MS: '4000',
};
const connection = {
  CLUSTER_ARN: 'arn:aws:kafka:eu-central-1:123456789012:cluster/orders/1',
  TOPIC_NAME: 'order-events',
  KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
  AWS_REGION: 'eu-central-1',
};
const shape = { ...consumerEnvironment, ...itemLifetime };

describe('the environment of a function', () => {
  test('is read into typed settings, and nothing else', () => {
    const settings = readEnvironment(shape, { ...complete, PATH: '/bin' });

    expect(settings).toEqual({
      ...complete,
      ITEM_TTL_DAYS: 30,
      EFFECT_OBJECTIVE_SECONDS: 60,
      MAX_CONCURRENT_RUNS: 4,
      MAX_RECORDS_PER_RUN: 25,
      MIN_REMAINING_MS: 4000,
    });
  });

  test.each([
    { name: 'TABLE_NAME', value: undefined, problem: 'TABLE_NAME: required, a text' },
    { name: 'TABLE_NAME', value: '', problem: 'TABLE_NAME: required, a text' },
    { name: 'DLQ_URL', value: 'queue', problem: 'DLQ_URL: required, a URL' },
    { name: 'CURRENCY', value: 'EURO', problem: 'CURRENCY: an ISO 4217 code such as EUR' },
    {
      name: 'EFFECT_OBJECTIVE_SECONDS',
      value: '0',
      problem: 'EFFECT_OBJECTIVE_SECONDS: required, seconds from 1',
    },
    {
      name: 'MAX_CONCURRENT_RUNS',
      value: undefined,
      problem: 'MAX_CONCURRENT_RUNS: required, a whole number from 1',
    },
    {
      name: 'MAX_RECORDS_PER_RUN',
      value: '2.5',
      problem: 'MAX_RECORDS_PER_RUN: required, a whole number from 1',
    },
    {
      name: 'MIN_REMAINING_MS',
      value: '-1',
      problem: 'MIN_REMAINING_MS: required, whole milliseconds from 0',
    },
    { name: 'ITEM_TTL_DAYS', value: '0', problem: 'ITEM_TTL_DAYS: required, whole days from 1 to 3650' },
    { name: 'ITEM_TTL_DAYS', value: '1.5', problem: 'ITEM_TTL_DAYS: required, whole days from 1 to 3650' },
    {
      name: 'ITEM_TTL_DAYS',
      value: undefined,
      problem: 'ITEM_TTL_DAYS: required, whole days from 1 to 3650',
    },
  ])('without a valid $name ($value) is refused by that name', ({ name, value, problem }) => {
    const read = () => readEnvironment(shape, { ...complete, [name]: value });

    expect(read).toThrow(`Set these environment variables of the function: ${problem}.`);
  });

  test('that speaks Kafka names the cluster, the topic and how to speak with the brokers', () => {
    const settings = readEnvironment(kafkaEnvironment, connection);

    expect(settings).toEqual(connection);
  });

  test.each([undefined, '', 'SSL', 'plaintext'])('refuses the security protocol %p', (protocol) => {
    const read = () =>
      readEnvironment(kafkaEnvironment, { ...connection, KAFKA_SECURITY_PROTOCOL: protocol });

    expect(read).toThrow('KAFKA_SECURITY_PROTOCOL: required, SASL_SSL or PLAINTEXT.');
  });

  test('of the sampler names the groups with their pollers, and how long the topic keeps a record', () => {
    const settings = readEnvironment(samplerEnvironment, {
      SAMPLED_GROUPS: '[{"groupId":"billing-group","maximumPollers":3}]',
      TOPIC_RETENTION_HOURS: '168',
    });

    expect(settings).toEqual({
      SAMPLED_GROUPS: [{ groupId: 'billing-group', maximumPollers: 3 }],
      TOPIC_RETENTION_HOURS: 168,
    });
  });

  test.each(['billing-group', '{}', '[{"groupId":"billing-group"}]'])(
    'of the sampler refuses the groups %s',
    (groups) => {
      const read = () =>
        readEnvironment(samplerEnvironment, { SAMPLED_GROUPS: groups, TOPIC_RETENTION_HOURS: '168' });

      expect(read).toThrow('required, a JSON list of groupId and maximumPollers');
    },
  );
});
