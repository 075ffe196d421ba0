import { expect, test } from '@jest/globals';
import { dev } from '../../lib/config/dev.ts';
import { listAt } from '../../lib/guards/json-access.ts';
import { only, synthesize } from './synthesize.ts';

const { operations: stack, consumers } = synthesize({
  ...dev,
  alarms: { ...dev.alarms, subscribers: ['on-call@example.com'] },
});

const topic = only(stack, 'AWS::SNS::Topic');

test('sends alarms encrypted and over TLS, and lets only the alarms of this account publish', () => {
  const statements = listAt(only(stack, 'AWS::SNS::TopicPolicy').properties, 'PolicyDocument', 'Statement');

  expect(topic.properties).toMatchObject({
    KmsMasterKeyId: { 'Fn::GetAtt': [only(stack, 'AWS::KMS::Key', '/AlarmTopicKey/').logicalId, 'Arn'] },
  });
  expect(statements).toEqual([
    expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    {
      Sid: 'CloudWatchAlarms',
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: { Ref: topic.logicalId },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    },
  ]);
});

test('tells the subscribers of the stage', () => {
  expect(only(stack, 'AWS::SNS::Subscription').properties).toEqual({
    Protocol: 'email',
    Endpoint: 'on-call@example.com',
    TopicArn: { Ref: topic.logicalId },
  });
});

test('reads another stack only by what cannot change under it', () => {
  const templates = JSON.stringify([stack.template, consumers.template]);

  expect(templates).toContain('Fn::ImportValue');
  expect(templates).not.toContain('Fn::GetStackOutput');
});
