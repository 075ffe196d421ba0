import { expect, test } from '@jest/globals';
import { stageNames } from '../../lib/config/stage-names.ts';
import { textAt } from '../../lib/guards/json-access.ts';
import { topology } from '../../lib/topology/topology.ts';
import { synthesize } from './synthesize.ts';

/** The properties by which a template gives a resource its name. */
const NAME_PROPERTIES = [
  'ClusterName',
  'Name',
  'QueueName',
  'TableName',
  'TopicName',
  'LogGroupName',
  'AliasName',
  'GroupName',
];

test('the preflight looks for every fixed name of what a deleted stack keeps', () => {
  const names = stageNames('dev');
  const { streaming, operations, consumers } = synthesize();

  const kept = [streaming, operations, consumers]
    .flatMap(({ resources }) => resources)
    .filter(({ deletionPolicy }) => deletionPolicy?.startsWith('Retain'))
    .flatMap(({ type, properties }) =>
      NAME_PROPERTIES.flatMap((property) => {
        const name = textAt(properties, property);
        return name === undefined ? [] : [`${type} ${name}`];
      }),
    );

  expect(kept.toSorted()).toEqual(
    [
      `AWS::MSK::Cluster ${names.cluster}`,
      `AWS::MSK::Configuration ${names.cluster}`,
      // It goes with its cluster.
      `AWS::MSK::Topic ${topology.topic.name}`,
      ...topology.consumers.map(({ name }) => `AWS::SQS::Queue ${names.deadLetterQueue(name)}`),
    ].toSorted(),
  );
});
