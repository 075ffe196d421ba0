import type { ConsumerName } from '../../lib/topology/topology-types.ts';

/** CloudFormation outputs by stack name. */
export type StackOutputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The deployed names that commands work with. */
export interface StageOutputs {
  readonly clusterArn: string;
  readonly topicName: string;
  readonly tableNames: Readonly<Record<ConsumerName, string>>;
  readonly deadLetterQueueUrls: Readonly<Record<ConsumerName, string>>;
}

export function stackNames(stage: string): { readonly streaming: string; readonly consumers: string } {
  return { streaming: `order-events-${stage}-streaming`, consumers: `order-events-${stage}-consumers` };
}

/** @throws {Error} naming the stack and the output that is missing. */
export function stageOutputs(stage: string, outputs: StackOutputs): StageOutputs {
  const { streaming, consumers } = stackNames(stage);
  const streamingOutput = outputsOf(streaming, outputs);
  const consumersOutput = outputsOf(consumers, outputs);
  return {
    clusterArn: streamingOutput('ClusterArn'),
    topicName: streamingOutput('TopicName'),
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
        `The stack ${stack} has no output ${output}: another version of it is deployed. Deploy it again from here.`,
      );
    }
    return value;
  };
}
