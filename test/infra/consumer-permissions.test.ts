import { describe, expect, test } from '@jest/globals';
import { at, listAt } from '../../lib/guards/json-access.ts';
import { ofType, only, synthesize } from './synthesize.ts';

const { consumers: stack } = synthesize();

const clusterArn = {
  'Fn::ImportValue': 'order-events-dev-streaming:ExportsOutputFnGetAttClusterEB0386A7Arn2F2E3C3F',
};
const topicArn = {
  'Fn::ImportValue': 'order-events-dev-streaming:ExportsOutputFnGetAttTopicBFC7AF6ETopicArn6F82B1F7',
};
const groupArn = (group: string): object => ({
  'Fn::Join': [
    '',
    [
      {
        'Fn::Join': [
          ':group/',
          [
            { 'Fn::Select': [0, { 'Fn::Split': [':cluster/', clusterArn] }] },
            { 'Fn::Select': [1, { 'Fn::Split': [':cluster/', clusterArn] }] },
          ],
        ],
      },
      `/${group}`,
    ],
  ],
});

const sendEmail = {
  Sid: 'SendEmail',
  Effect: 'Allow',
  Action: 'ses:SendEmail',
  Resource: {
    'Fn::Join': ['', ['arn:aws:ses:us-east-1:', { Ref: 'AWS::AccountId' }, ':identity/example.com']],
  },
  Condition: { StringEquals: { 'ses:FromAddress': 'orders@example.com' } },
};
const sendSms = [
  { Sid: 'SendSms', Effect: 'Allow', Action: 'sns:Publish', Resource: '*' },
  { Sid: 'PublishToNoTopic', Effect: 'Deny', Action: 'sns:Publish', Resource: 'arn:*:sns:*:*:*' },
];

const consumers = [
  {
    id: 'Billing',
    group: 'billing-group',
    table: ['dynamodb:BatchGetItem', 'dynamodb:PartiQLInsert', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    duties: [],
  },
  {
    id: 'Inventory',
    group: 'inventory-group',
    table: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PartiQLInsert',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ],
    duties: [],
  },
  {
    id: 'Notifications',
    group: 'notification-group',
    table: ['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    duties: [sendEmail, ...sendSms],
  },
];

describe.each(consumers)('$id', ({ id, group, table, duties }) => {
  const policy = only(stack, 'AWS::IAM::ManagedPolicy', `/${id}/`);
  const role = only(stack, 'AWS::IAM::Role', `/${id}/`);
  const arnOf = (type: string): object => ({ 'Fn::GetAtt': [only(stack, type, `/${id}/`).logicalId, 'Arn'] });

  test('may do exactly what its mapping and its handler need', () => {
    expect(listAt(policy.properties, 'PolicyDocument', 'Statement')).toEqual([
      {
        Sid: 'LocateBrokers',
        Effect: 'Allow',
        Action: ['kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'],
        Resource: clusterArn,
      },
      { Sid: 'ConnectToCluster', Effect: 'Allow', Action: 'kafka-cluster:Connect', Resource: clusterArn },
      {
        Sid: 'ReadTopic',
        Effect: 'Allow',
        Action: ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'],
        Resource: topicArn,
      },
      {
        Sid: 'UseOwnGroup',
        Effect: 'Allow',
        Action: ['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'],
        Resource: groupArn(group),
      },
      {
        Sid: 'ConnectPollersToNetwork',
        Effect: 'Allow',
        Action: [
          'ec2:CreateNetworkInterface',
          'ec2:DeleteNetworkInterface',
          'ec2:DescribeNetworkInterfaces',
          'ec2:DescribeSecurityGroups',
          'ec2:DescribeSubnets',
          'ec2:DescribeVpcs',
        ],
        Resource: '*',
      },
      { Sid: 'UseOwnTable', Effect: 'Allow', Action: table, Resource: arnOf('AWS::DynamoDB::Table') },
      {
        Sid: 'FillOwnDeadLetterQueue',
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Resource: arnOf('AWS::SQS::Queue'),
      },
      {
        Sid: 'WriteOwnLogs',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: arnOf('AWS::Logs::LogGroup'),
      },
      {
        Sid: 'UseOwnKeyThroughTableAndQueue',
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: arnOf('AWS::KMS::Key'),
        Condition: {
          StringEquals: {
            'kms:ViaService': ['dynamodb', 'sqs'].map((service) => ({
              'Fn::Join': ['', [`${service}.us-east-1.`, { Ref: 'AWS::URLSuffix' }]],
            })),
          },
        },
      },
      ...duties,
    ]);
  });

  test('names nothing of another consumer', () => {
    const text = JSON.stringify(policy.properties);
    const others = consumers.filter((other) => other.id !== id);

    expect(others.filter((other) => text.includes(`"${other.id}`) || text.includes(other.group))).toEqual([]);
  });

  test('has this one policy and can be assumed by Lambda alone', () => {
    const { Tags, ...properties } = role.properties;

    expect(Tags).toBeDefined();
    expect(properties).toEqual({
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } },
        ],
      },
    });
    expect(at(policy.properties, 'Roles')).toEqual([{ Ref: role.logicalId }]);
  });
});

test('grants nothing in inline policies', () => {
  expect(ofType(stack, 'AWS::IAM::Policy')).toEqual([]);
});
