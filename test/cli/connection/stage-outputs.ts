import type { StackOutputs } from '../../../cli/connection/stage-outputs.ts';
import { consumerOutputs } from '../../../lib/topology/consumer-outputs.ts';
import { topology } from '../../../lib/topology/topology.ts';
import type { ConsumerSpec } from '../../../lib/topology/topology-types.ts';

/** Outputs of a deployed stage `dev`. */
export function someStackOutputs(): StackOutputs {
  return {
    'order-events-dev-streaming': { ClusterArn: 'arn:cluster', TopicName: 'order-events' },
    'order-events-dev-operations': { ProducerFunctionName: 'order-producer' },
    'order-events-dev-consumers': {
      ...Object.fromEntries(topology.consumers.flatMap(outputsOf)),
      RedriveFunctionName: 'redrive',
      OperationsTableName: 'operations-table',
    },
  };
}

function outputsOf({ name }: ConsumerSpec): readonly (readonly [string, string])[] {
  const outputs = consumerOutputs(name);
  return [
    [outputs.tableName, `${name}-table`],
    [outputs.deadLetterQueueUrl, `https://sqs/${name}`],
    [outputs.functionName, `${name}-function`],
    [outputs.rehearsalName, `${name}-rehearsal`],
  ];
}
