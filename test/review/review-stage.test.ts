import { expect, test } from '@jest/globals';
import { drawStage } from '../../review/diagram.ts';
import { reviewStage } from '../../review/review-stage.ts';
import { readStage } from '../../review/stage/stage.ts';
import { allowing, stageOf } from './stages.ts';

const broker = (brokers: number) => ({
  Type: 'AWS::MSK::Cluster',
  Properties: {
    NumberOfBrokerNodes: brokers,
    BrokerNodeGroupInfo: {
      InstanceType: 'kafka.m7g.large',
      ConnectivityInfo: { PublicAccess: { Type: 'DISABLED' } },
    },
    ClientAuthentication: { Unauthenticated: { Enabled: false } },
    EncryptionInfo: {
      EncryptionAtRest: { DataVolumeKMSKeyId: 'key' },
      EncryptionInTransit: { ClientBroker: 'TLS', InCluster: true },
    },
  },
});

const findingsOf = (stage: ReturnType<typeof stageOf>): readonly string[] =>
  reviewStage(stage, stage).findings;

test('a stage within its budget has no findings', () => {
  expect(findingsOf(stageOf({ X: broker(5) }))).toEqual([]);
});

test('a stage above its budget is reported', () => {
  expect(findingsOf(stageOf({ X: broker(6) }))).toEqual([
    'The infrastructure costs $893.60 a month, more than its budget of $800.00. ' +
      'Make it cheaper, or raise the budget in review/cost/workload.ts.',
  ]);
});

test('an open door, unprotected data and an unknown type are reported, each with what to do', () => {
  const stage = stageOf({
    Queue: { Type: 'AWS::SQS::Queue' },
    Policy: { Type: 'AWS::SQS::QueuePolicy', Properties: { PolicyDocument: allowing('*') } },
    New: { Type: 'AWS::New::Thing' },
  });

  expect(findingsOf(stage)).toEqual([
    'AWS::New::Thing is not judged: add a rule for it to review/doors/door-rules.ts.',
    'Open door: shop/Policy: everybody may sqs:*. Confine it to this account.',
    "Data at rest in shop/Queue: no key of the account's own. Encrypt it with a key.",
    'Data in transit to shop/Queue: its policy denies nothing without TLS. Refuse it.',
    'AWS::New::Thing is unknown: say in review/protection/protection-rules.ts whether it holds data.',
    'AWS::New::Thing is unknown: say in review/cost/fixed-cost.ts what it costs.',
    'AWS::New::Thing is unknown: say in review/changes/behaviour-overlay.ts what replaces it.',
  ]);
});

test('a stage without a budget cannot be reviewed', () => {
  const stage = readStage('staging', []);

  expect(() => reviewStage(stage, stage)).toThrow('Stage staging has no budget');
});

test('the diagram shows topics, consumers, their writes and the destinations of discarded records', () => {
  const policy = {
    Statement: [
      { Effect: 'Allow', Action: ['dynamodb:PutItem'], Resource: { Ref: 'Table' } },
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: { Ref: 'Table' } },
      { Effect: 'Allow', Action: 'ses:SendEmail', Resource: '*' },
    ],
  };
  const stage = stageOf({
    Topic: { Type: 'AWS::MSK::Topic', Properties: { TopicName: 'orders', PartitionCount: 6 } },
    Table: { Type: 'AWS::DynamoDB::Table' },
    Queue: { Type: 'AWS::SQS::Queue' },
    Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: policy }] } },
    Function: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        FunctionName: { Ref: 'Function' },
        Topics: ['orders'],
        AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'billing-group' },
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Queue', 'Arn'] } } },
      },
    },
  });

  expect(drawStage(stage).split('\n')).toEqual([
    'flowchart LR',
    '  n1[["shop/Topic, 6 partitions"]]',
    '  n2["shop/Function"]',
    '  n3>"shop/Queue"]',
    '  n4[("shop/Table")]',
    '  n5["E-mail (Amazon SES)"]',
    '  n1 -->|"billing-group"| n2',
    '  n2 -->|"discarded batches"| n3',
    '  n2 -->|"PutItem"| n4',
    '  n2 -->|"SendEmail"| n5',
  ]);
});
