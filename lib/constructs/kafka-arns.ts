import { Fn } from 'aws-cdk-lib/core';

/**
 * ARN of a consumer group: `arn:…:group/<cluster name>/<cluster uuid>/<group>`.
 *
 * Splitting and joining the cluster's ARN keeps its partition, region and account, and works while it is still a token.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html
 */
export function consumerGroupArn(clusterArn: string, consumerGroupId: string): string {
  return `${Fn.join(':group/', Fn.split(':cluster/', clusterArn, 2))}/${consumerGroupId}`;
}

/** ARN of a topic: `arn:…:topic/<cluster name>/<cluster uuid>/<topic>`. */
export function topicArn(clusterArn: string, topicName: string): string {
  return `${Fn.join(':topic/', Fn.split(':cluster/', clusterArn, 2))}/${topicName}`;
}
