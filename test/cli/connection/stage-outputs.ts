import type { StackOutputs } from '../../../cli/connection/stage-outputs.ts';

/** Outputs of a deployed stage `dev`. */
export function someStackOutputs(): StackOutputs {
  return {
    'order-events-dev-streaming': { ClusterArn: 'arn:cluster', TopicName: 'order-events' },
    'order-events-dev-operations': { ProducerFunctionName: 'order-producer' },
    'order-events-dev-consumers': {
      BillingTableName: 'billing-table',
      InventoryTableName: 'inventory-table',
      NotificationsTableName: 'notifications-table',
      BillingDlqUrl: 'https://sqs/billing',
      InventoryDlqUrl: 'https://sqs/inventory',
      NotificationsDlqUrl: 'https://sqs/notifications',
      BillingFunctionName: 'billing-function',
      InventoryFunctionName: 'inventory-function',
      NotificationsFunctionName: 'notifications-function',
      BillingRehearsalName: 'billing-rehearsal',
      InventoryRehearsalName: 'inventory-rehearsal',
      NotificationsRehearsalName: 'notifications-rehearsal',
      RedriveFunctionName: 'redrive',
      OperationsTableName: 'operations-table',
    },
  };
}
