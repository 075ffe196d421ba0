import { expect, test } from '@jest/globals';
import { stageOutputs } from '../../../cli/connection/stage-outputs.ts';
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
    rehearsalNames: {
      billing: 'billing-rehearsal',
      inventory: 'inventory-rehearsal',
      notifications: 'notifications-rehearsal',
    },
    functionNames: {
      billing: 'billing-function',
      inventory: 'inventory-function',
      notifications: 'notifications-function',
    },
    tableNames: {
      billing: 'billing-table',
      inventory: 'inventory-table',
      notifications: 'notifications-table',
    },
    deadLetterQueueUrls: {
      billing: 'https://sqs/billing',
      inventory: 'https://sqs/inventory',
      notifications: 'https://sqs/notifications',
    },
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
