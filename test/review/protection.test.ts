import { expect, test } from '@jest/globals';
import { dataProtection, unknownToProtection } from '../../review/protection/data-protection.ts';
import { stageOf } from './stages.ts';

const key = { 'Fn::GetAtt': ['Key', 'Arn'] };
const noKey = { how: "no key of the account's own", isProtected: false };
const withKey = { how: 'KMS: shop/Key', isProtected: true };

test.each([
  {
    type: 'AWS::DynamoDB::Table',
    properties: { SSESpecification: { KMSMasterKeyId: key } },
    atRest: withKey,
  },
  { type: 'AWS::DynamoDB::Table', properties: { SSESpecification: { SSEEnabled: true } }, atRest: noKey },
  { type: 'AWS::SQS::Queue', properties: { KmsMasterKeyId: key }, atRest: withKey },
  { type: 'AWS::SQS::Queue', properties: { SqsManagedSseEnabled: true }, atRest: noKey },
  { type: 'AWS::SNS::Topic', properties: {}, atRest: noKey },
  { type: 'AWS::Logs::LogGroup', properties: { KmsKeyId: key }, atRest: withKey },
  { type: 'AWS::Logs::LogGroup', properties: {}, atRest: noKey },
  { type: 'AWS::MSK::Cluster', properties: {}, atRest: noKey },
])('$type with $properties at rest', ({ type, properties, atRest }) => {
  const stage = stageOf({ X: { Type: type, Properties: properties }, Key: { Type: 'AWS::KMS::Key' } });

  expect(dataProtection(stage).map((found) => found.atRest)).toEqual([atRest]);
});

const denial = {
  Effect: 'Deny',
  Principal: '*',
  Action: 'sqs:*',
  Resource: '*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};

test.each([
  { story: 'denied to everybody', statement: denial, isProtected: true },
  { story: 'allowed', statement: { ...denial, Effect: 'Allow' }, isProtected: false },
  { story: 'denied to a service', statement: { ...denial, Principal: { Service: 'x' } }, isProtected: false },
  {
    story: 'denied under one more condition',
    statement: { ...denial, Condition: { ...denial.Condition, StringEquals: { 'aws:SourceVpc': 'vpc-1' } } },
    isProtected: false,
  },
])('a queue where plain requests are $story', ({ statement, isProtected }) => {
  const stage = stageOf({
    Queue: { Type: 'AWS::SQS::Queue' },
    Policy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: { Statement: [statement] } },
    },
  });

  expect(dataProtection(stage).map(({ inTransit }) => inTransit.isProtected)).toEqual([isProtected]);
});

test.each([
  { transit: { ClientBroker: 'TLS', InCluster: true }, isProtected: true },
  { transit: { ClientBroker: 'TLS_PLAINTEXT', InCluster: true }, isProtected: false },
  { transit: { ClientBroker: 'TLS', InCluster: false }, isProtected: false },
  { transit: {}, isProtected: false },
])('a cluster with $transit in transit', ({ transit, isProtected }) => {
  const stage = stageOf({
    X: { Type: 'AWS::MSK::Cluster', Properties: { EncryptionInfo: { EncryptionInTransit: transit } } },
  });

  expect(dataProtection(stage).map(({ inTransit }) => inTransit.isProtected)).toEqual([isProtected]);
});

test('a type without a rule is reported', () => {
  const stage = stageOf({ X: { Type: 'AWS::New::Thing' }, Y: { Type: 'AWS::IAM::Role' } });

  expect(unknownToProtection(stage).map(({ type }) => type)).toEqual(['AWS::New::Thing']);
});
