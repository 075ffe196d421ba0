import { expect, test } from '@jest/globals';
import { sourceSubstitutions } from '../../../../local/deployment/discovery/source-substitutions.ts';
import type { JsonObject } from '../../../../local/deployment/assembly/template.ts';

const mapping = (
  properties: JsonObject,
): { stackName: string; logicalId: string; uuid: string; properties: JsonObject } => ({
  stackName: 'shop',
  logicalId: 'Clicks',
  uuid: 'u',
  properties,
});

test.each(['KafkaBootstrapServers', 'KAFKA_BOOTSTRAP_SERVERS'])(
  'the local broker replaces the brokers in %s of a self-managed mapping',
  (name) => {
    const source = mapping({ SelfManagedEventSource: { Endpoints: { [name]: ['a:9092', 'b:9092'] } } });

    expect(sourceSubstitutions([source], '127.0.0.1:9092')).toEqual([
      {
        stackName: 'shop',
        logicalId: 'Clicks',
        type: 'AWS::Lambda::EventSourceMapping',
        action: 'stand-in',
        reason: 'the local broker, 127.0.0.1:9092, replaces its brokers, a:9092, b:9092',
      },
    ]);
  },
);

test('a managed mapping, whose cluster is a resource of its own, is not substituted', () => {
  const managed = mapping({ EventSourceArn: 'arn:aws:kafka:eu-west-1:000000000000:cluster/shop/1' });

  expect(sourceSubstitutions([managed], '127.0.0.1:9092')).toEqual([]);
});
