import { Stack } from 'aws-cdk-lib/core';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { allow } from './allow.ts';
import { brokerConnectionStatements } from './broker-connection-statements.ts';
import { clientNetworkStatements } from './client-network-statements.ts';
import { acknowledgeUnnamedResources } from './unnamed-resources.ts';

export interface ProducerPolicyProps {
  readonly role: IRole;
  readonly clusterArn: string;
  readonly topicArn: string;
  readonly logGroup: ILogGroup;
}

/**
 * All permissions of the producer's role: appending to one topic, logging, and Lambda's connection to the brokers'
 * network.
 */
export class ProducerPolicy extends ManagedPolicy {
  constructor(scope: Construct, id: string, props: ProducerPolicyProps) {
    super(scope, id, {
      description: 'What the producer of test orders may do',
      roles: [props.role],
      statements: [
        ...brokerConnectionStatements(props.clusterArn),
        allow('AppendToTopic', ['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'], props.topicArn),
        allow('WriteOwnLogs', ['logs:CreateLogStream', 'logs:PutLogEvents'], props.logGroup.logGroupArn),
        ...clientNetworkStatements(Stack.of(scope)),
      ],
    });
    acknowledgeUnnamedResources(this);
  }
}
