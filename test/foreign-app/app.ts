/* oxlint-disable no-new -- a CDK construct is made for its effect on its scope. */
import { App, CfnOutput, Stack } from 'aws-cdk-lib/core';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Runtime, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { ManagedKafkaEventSource, SelfManagedKafkaEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { CfnServerlessCluster, CfnTopic } from 'aws-cdk-lib/aws-msk';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue } from 'aws-cdk-lib/aws-sqs';

const app = new App();

const streaming = new Stack(app, 'page-analytics-streaming');
const vpc = new Vpc(streaming, 'Vpc', { maxAzs: 2 });
const cluster = new CfnServerlessCluster(streaming, 'Cluster', {
  clusterName: 'page-analytics',
  clientAuthentication: { sasl: { iam: { enabled: true } } },
  vpcConfigs: [{ subnetIds: vpc.privateSubnets.map(({ subnetId }) => subnetId) }],
});
const clicks = new CfnTopic(streaming, 'Clicks', {
  clusterArn: cluster.attrArn,
  topicName: 'page-clicks',
  partitionCount: 2,
  replicationFactor: 3,
});

const consumers = new Stack(app, 'page-analytics-consumers');

const clickTable = new Table(consumers, 'ClickTable', {
  partitionKey: { name: 'id', type: AttributeType.STRING },
});
const countClicks = new NodejsFunction(consumers, 'CountClicks', {
  runtime: Runtime.NODEJS_22_X,
  entry: 'handlers/count-clicks.ts',
  environment: { TABLE: clickTable.tableName },
});
clickTable.grantWriteData(countClicks);
countClicks.addEventSource(
  new ManagedKafkaEventSource({
    clusterArn: cluster.attrArn,
    topic: clicks.topicName,
    consumerGroupId: 'click-counter',
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 10,
  }),
);

const signUpQueue = new Queue(consumers, 'SignUpQueue');
const forwardSignUps = new NodejsFunction(consumers, 'ForwardSignUps', {
  runtime: Runtime.NODEJS_24_X,
  entry: 'handlers/forward-sign-ups.ts',
  environment: { QUEUE_URL: signUpQueue.queueUrl },
});
signUpQueue.grantSendMessages(forwardSignUps);
forwardSignUps.addEventSource(
  new SelfManagedKafkaEventSource({
    bootstrapServers: ['kafka.example.com:9096'],
    secret: Secret.fromSecretNameV2(consumers, 'KafkaUser', 'kafka-user'),
    topic: 'sign-ups',
    consumerGroupId: 'sign-up-forwarder',
    startingPosition: StartingPosition.TRIM_HORIZON,
  }),
);

new CfnOutput(consumers, 'ClickTableName', { value: clickTable.tableName });
new CfnOutput(consumers, 'SignUpQueueUrl', { value: signUpQueue.queueUrl });
