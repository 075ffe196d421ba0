import type { ConsumerName } from './topology.ts';

/** The names of the CloudFormation outputs that a consumer has, such as `BillingTableName`. */
export interface ConsumerOutputs {
  readonly functionName: string;
  /** Of the function that says what the consumer would do. */
  readonly rehearsalName: string;
  readonly tableName: string;
  readonly deadLetterQueueUrl: string;
}

export function consumerOutputs(consumer: ConsumerName): ConsumerOutputs {
  const id = capitalized(consumer);
  return {
    functionName: `${id}FunctionName`,
    rehearsalName: `${id}RehearsalName`,
    tableName: `${id}TableName`,
    deadLetterQueueUrl: `${id}DlqUrl`,
  };
}

/** `Billing` for `billing`: what names of constructs and outputs begin with. */
export function capitalized(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
