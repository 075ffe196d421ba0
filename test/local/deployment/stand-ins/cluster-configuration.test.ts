import { expect, test } from '@jest/globals';
import {
  hasExpressBrokers,
  partitionsOfCluster,
} from '../../../../local/deployment/stand-ins/cluster-configuration.ts';
import { knownNames } from '../../../../local/deployment/substitution/known-names.ts';
import { parseTemplate } from '../../../../local/deployment/assembly/template.ts';

function partitionsOf(cluster: object, serverProperties: unknown): number | undefined {
  const template = parseTemplate(
    JSON.stringify({
      Parameters: { Count: { Type: 'Number', Default: 12 } },
      Resources: {
        Cluster: { Type: 'AWS::MSK::Cluster', Properties: cluster },
        Settings: { Type: 'AWS::MSK::Configuration', Properties: { ServerProperties: serverProperties } },
      },
    }),
  );
  return partitionsOfCluster(
    { template, known: knownNames({ template, stackName: 's', region: 'r' }) },
    'Cluster',
  );
}

const configured = { ConfigurationInfo: { Arn: { 'Fn::GetAtt': ['Settings', 'Arn'] }, Revision: 1 } };

test.each([
  { story: 'text', properties: 'log.retention.hours=24\nnum.partitions = 6\n', count: 6 },
  { story: 'text with a parameter', properties: { 'Fn::Sub': 'num.partitions=${Count}' }, count: 12 },
  { story: 'text without a count', properties: 'log.retention.hours=24', count: undefined },
  { story: 'a count that is none', properties: 'num.partitions=many', count: undefined },
])('a cluster gives topics the partitions of its configuration: $story', ({ properties, count }) => {
  expect(partitionsOf(configured, properties)).toBe(count);
});

test('a cluster without a configuration of the app says nothing of partitions', () => {
  expect(partitionsOf({}, 'num.partitions=6')).toBeUndefined();
});

test.each([
  ['express.m7g.large', true],
  ['kafka.m7g.large', false],
  [{ Ref: 'Size' }, false],
])('a cluster of %j has Express brokers: %s', (InstanceType, expected) => {
  const template = parseTemplate(
    JSON.stringify({
      Resources: {
        Cluster: { Type: 'AWS::MSK::Cluster', Properties: { BrokerNodeGroupInfo: { InstanceType } } },
      },
    }),
  );

  expect(hasExpressBrokers({ template }, 'Cluster')).toBe(expected);
});
