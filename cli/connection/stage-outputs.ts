import type { ConsumerName } from '../../lib/topology/topology-types.ts';

/** CloudFormation outputs by stack name. */
export type StackOutputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The deployed names that commands work with. */
export interface StageOutputs {
  readonly clusterArn: string;
  readonly topicName: string;
  /** What the names of the stage's alarms begin with. */
  readonly namePrefix: string;
  readonly producerFunctionName: string;
  readonly redriveFunctionName: string;
  /** What redrive remembers. */
  readonly operationsTableName: string;
  readonly functionNames: Readonly<Record<ConsumerName, string>>;
  /** Of the functions that tell what a consumer would do. */
  readonly rehearsalNames: Readonly<Record<ConsumerName, string>>;
  readonly tableNames: Readonly<Record<ConsumerName, string>>;
  readonly deadLetterQueueUrls: Readonly<Record<ConsumerName, string>>;
}

type StackNames = Readonly<Record<'streaming' | 'operations' | 'consumers', string>>;

export function stackNames(stage: string): StackNames {
  const prefix = namePrefix(stage);
  return {
    streaming: `${prefix}-streaming`,
    operations: `${prefix}-operations`,
    consumers: `${prefix}-consumers`,
  };
}

const namePrefix = (stage: string): string => `order-events-${stage}`;

/** @throws {Error} naming the stack and the output that is missing. */
export function stageOutputs(stage: string, outputs: StackOutputs): StageOutputs {
  const { streaming, operations, consumers } = stackNames(stage);
  const streamingOutput = outputsOf(streaming, outputs);
  const consumersOutput = outputsOf(consumers, outputs);
  return {
    clusterArn: streamingOutput('ClusterArn'),
    topicName: streamingOutput('TopicName'),
    namePrefix: namePrefix(stage),
    producerFunctionName: outputsOf(operations, outputs)('ProducerFunctionName'),
    redriveFunctionName: consumersOutput('RedriveFunctionName'),
    operationsTableName: consumersOutput('OperationsTableName'),
    functionNames: {
      billing: consumersOutput('BillingFunctionName'),
      inventory: consumersOutput('InventoryFunctionName'),
      notifications: consumersOutput('NotificationsFunctionName'),
    },
    rehearsalNames: {
      billing: consumersOutput('BillingRehearsalName'),
      inventory: consumersOutput('InventoryRehearsalName'),
      notifications: consumersOutput('NotificationsRehearsalName'),
    },
    tableNames: {
      billing: consumersOutput('BillingTableName'),
      inventory: consumersOutput('InventoryTableName'),
      notifications: consumersOutput('NotificationsTableName'),
    },
    deadLetterQueueUrls: {
      billing: consumersOutput('BillingDlqUrl'),
      inventory: consumersOutput('InventoryDlqUrl'),
      notifications: consumersOutput('NotificationsDlqUrl'),
    },
  };
}

function outputsOf(stack: string, outputs: StackOutputs): (output: string) => string {
  return (output) => {
    const value = outputs[stack]?.[output];
    if (value === undefined) {
      throw new Error(
        `The stack ${stack} has no output ${output}: another version of it is deployed. Deploy this version.`,
      );
    }
    return value;
  };
}
