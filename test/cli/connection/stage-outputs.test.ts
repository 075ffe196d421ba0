import { expect, test } from '@jest/globals';
import { stageOutputs } from '../../../cli/connection/stage-outputs.ts';
import { byConsumer } from '../../../lib/topology/by-consumer.ts';
import { someStackOutputs } from './stage-outputs.ts';

test('the outputs of a stage are read from its two stacks', () => {
  const outputs = stageOutputs('dev', someStackOutputs());

  expect(outputs).toEqual({
    clusterArn: 'arn:cluster',
    topicName: 'order-events',
    namePrefix: 'order-events-dev',
    producerFunctionName: 'order-producer',
    redriveFunctionName: 'redrive',
    operationsTableName: 'operations-table',
    rehearsalNames: byConsumer(({ name }) => `${name}-rehearsal`),
    functionNames: byConsumer(({ name }) => `${name}-function`),
    tableNames: byConsumer(({ name }) => `${name}-table`),
    deadLetterQueueUrls: byConsumer(({ name }) => `https://sqs/${name}`),
  });
});

test('an output that is missing is named, with its stack', () => {
  const outputs = { ...someStackOutputs(), 'order-events-dev-streaming': { ClusterArn: 'arn:cluster' } };

  const read = () => stageOutputs('dev', outputs);

  expect(read).toThrow(
    'The stack order-events-dev-streaming has no output TopicName: another version of it is deployed. ' +
      'Deploy this version.',
  );
});
