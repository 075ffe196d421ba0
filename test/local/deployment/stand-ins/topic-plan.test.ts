import { describe, expect, test } from '@jest/globals';

import { parseTopicConfigs, planTopic } from '../../../../local/deployment/stand-ins/topic-plan.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('parseTopicConfigs', () => {
  test('reads a JSON object, with values in quotes or without', () => {
    const configs = parseTopicConfigs(base64('{"cleanup.policy":"delete","retention.ms":604800000}'));

    expect(configs).toEqual({ 'cleanup.policy': 'delete', 'retention.ms': '604800000' });
  });

  test('rejects text that starts like a JSON object and is not valid JSON, and says what to write', () => {
    expect(() => parseTopicConfigs(base64('{"retention.ms":'))).toThrow(
      'The Configs of a topic hold "{\\"retention.ms\\":", which is not JSON. Write an object of topic settings',
    );
  });

  test('reads one config a line, with values that hold an equals sign', () => {
    const configs = parseTopicConfigs(
      base64('cleanup.policy=delete\n# kept a week\n\n retention.ms = 604800000 \nx=a=b\n'),
    );

    expect(configs).toEqual({ 'cleanup.policy': 'delete', 'retention.ms': '604800000', x: 'a=b' });
  });

  test('reads no configs from an empty text', () => {
    expect(parseTopicConfigs('')).toEqual({});
  });
});

describe('planTopic', () => {
  test('adapts a topic to one broker and lists the differences', () => {
    const plan = planTopic({
      topic: 'order-events',
      partitions: 6,
      replicationFactor: 3,
      configs: { 'min.insync.replicas': '2', 'retention.ms': '1000' },
    });

    expect(plan).toEqual({
      partitions: 6,
      configs: { 'min.insync.replicas': '1', 'retention.ms': '1000' },
      adaptations: ['1 replica instead of 3', 'min.insync.replicas 1 instead of 2'],
    });
  });

  test('changes nothing of a topic that fits', () => {
    const plan = planTopic({
      topic: 'order-events',
      partitions: 1,
      replicationFactor: 1,
      configs: { 'min.insync.replicas': '1' },
    });

    expect(plan).toEqual({ partitions: 1, configs: { 'min.insync.replicas': '1' }, adaptations: [] });
  });
});
