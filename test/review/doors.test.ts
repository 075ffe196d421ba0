// cspell:ignore EIPS -- Amazon MSK's own word for public addresses.
import { expect, test } from '@jest/globals';
import { findDoors } from '../../review/doors/find-doors.ts';
import { allowing, ownAccount, stageOf, type Resources } from './stages.ts';

const ownRoot = { 'Fn::Join': ['', ['arn:aws:iam::', ownAccount, ':root']] };

const forOwnLogs = {
  ArnLike: {
    'kms:EncryptionContext:aws:logs:arn': { 'Fn::Sub': 'arn:aws:logs:us-east-1:${AWS::AccountId}:*' },
  },
};

/** The doors of a stage, as `resource: door`. */
const doorsOf = (resources: Resources): readonly string[] =>
  findDoors(stageOf(resources)).flatMap(({ doors }) =>
    doors.map(({ resource, door }) => `${resource}: ${door}`),
  );

test.each<{ story: string; policy: unknown; doors: readonly string[] }>([
  { story: 'everybody', policy: allowing('*'), doors: ['shop/Q: everybody may sqs:*'] },
  { story: 'everybody, in a list', policy: allowing({ AWS: ['*'] }), doors: ['shop/Q: everybody may sqs:*'] },
  {
    story: 'everybody but one',
    policy: { Statement: { Effect: 'Allow', NotPrincipal: { AWS: 'x' }, Action: 'sqs:*', Resource: '*' } },
    doors: ['shop/Q: everybody but {"AWS":"x"} may sqs:*'],
  },
  {
    story: 'everybody of this account',
    policy: allowing('*', { StringEquals: { 'aws:PrincipalAccount': ownAccount } }),
    doors: [],
  },
  {
    story: 'everybody of this account or another one',
    policy: allowing('*', { StringEquals: { 'aws:PrincipalAccount': [ownAccount, '210987654321'] } }),
    doors: ['shop/Q: everybody may sqs:*'],
  },
  {
    story: 'everybody, also where the condition has no value to compare',
    policy: allowing('*', { StringEqualsIfExists: { 'aws:PrincipalAccount': ownAccount } }),
    doors: ['shop/Q: everybody may sqs:*'],
  },
  {
    story: 'everybody who says to act for this account',
    policy: allowing('*', forOwnLogs),
    doors: ['shop/Q: everybody may sqs:*'],
  },
  {
    story: 'a service that says to act for this account',
    policy: allowing({ Service: 'logs.amazonaws.com' }, forOwnLogs),
    doors: [],
  },
  {
    story: 'everybody with TLS',
    policy: allowing('*', { Bool: { 'aws:SecureTransport': 'true' } }),
    doors: ['shop/Q: everybody may sqs:*'],
  },
  { story: 'this account', policy: allowing({ AWS: ownRoot }), doors: [] },
  {
    story: 'another account',
    policy: allowing({ AWS: 'arn:aws:iam::210987654321:root' }),
    doors: ['shop/Q: arn:aws:iam::210987654321:root may sqs:*'],
  },
  {
    story: 'a service for anybody',
    policy: allowing({ Service: 'sns.amazonaws.com' }),
    doors: ['shop/Q: sns.amazonaws.com may sqs:*'],
  },
  {
    story: 'a service for this account',
    policy: allowing({ Service: 'sns.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': ownAccount } }),
    doors: [],
  },
])('a policy that allows $story', ({ policy, doors }) => {
  expect(doorsOf({ Q: { Type: 'AWS::SQS::QueuePolicy', Properties: { PolicyDocument: policy } } })).toEqual(
    doors,
  );
});

test('a policy that denies everybody is not a door', () => {
  const policy = { Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: '*' }] };

  expect(doorsOf({ Q: { Type: 'AWS::SQS::QueuePolicy', Properties: { PolicyDocument: policy } } })).toEqual(
    [],
  );
});

test.each<{ story: string; type: string; properties: unknown; doors: readonly string[] }>([
  {
    story: 'a role that another account takes on',
    type: 'AWS::IAM::Role',
    properties: { AssumeRolePolicyDocument: allowing({ AWS: '210987654321' }) },
    doors: ['shop/X: 210987654321 may assume the role'],
  },
  {
    story: 'a role that an identity provider takes on',
    type: 'AWS::IAM::Role',
    properties: { AssumeRolePolicyDocument: allowing({ Federated: 'accounts.google.com' }) },
    doors: ['shop/X: Federated accounts.google.com may assume the role'],
  },
  {
    story: 'a role of a service',
    type: 'AWS::IAM::Role',
    properties: { AssumeRolePolicyDocument: allowing({ Service: 'lambda.amazonaws.com' }) },
    doors: [],
  },
  {
    story: 'ingress from everywhere',
    type: 'AWS::EC2::SecurityGroup',
    properties: { SecurityGroupIngress: [{ CidrIp: '0.0.0.0/0' }, { CidrIpv6: '::/0' }] },
    doors: ['shop/X: admits 0.0.0.0/0', 'shop/X: admits ::/0'],
  },
  {
    story: 'ingress from a group',
    type: 'AWS::EC2::SecurityGroupIngress',
    properties: { SourceSecurityGroupId: 'sg-1' },
    doors: [],
  },
  {
    story: 'addresses for everybody in a subnet',
    type: 'AWS::EC2::Subnet',
    properties: { MapPublicIpOnLaunch: true },
    doors: ['shop/X: MapPublicIpOnLaunch is on'],
  },
  {
    story: 'a route to the internet',
    type: 'AWS::EC2::Route',
    properties: { GatewayId: 'igw-1' },
    doors: ['shop/X: leads out by GatewayId'],
  },
  {
    story: 'a cluster that says nothing',
    type: 'AWS::MSK::Cluster',
    properties: {},
    doors: [
      'shop/X: public access is not said to be DISABLED',
      'shop/X: unauthenticated clients are not refused',
    ],
  },
  {
    story: 'a cluster that others reach',
    type: 'AWS::MSK::Cluster',
    properties: {
      BrokerNodeGroupInfo: {
        ConnectivityInfo: { PublicAccess: { Type: 'SERVICE_PROVIDED_EIPS' }, VpcConnectivity: {} },
      },
      ClientAuthentication: { Unauthenticated: { Enabled: false } },
    },
    doors: [
      'shop/X: public access is SERVICE_PROVIDED_EIPS',
      'shop/X: other networks may connect (VpcConnectivity)',
    ],
  },
  {
    story: 'a function that a service may invoke for anybody',
    type: 'AWS::Lambda::Permission',
    properties: { Principal: 's3.amazonaws.com', FunctionName: 'f' },
    doors: ['shop/X: s3.amazonaws.com may invoke f'],
  },
  {
    story: 'a function that a service may invoke for this account',
    type: 'AWS::Lambda::Permission',
    properties: { Principal: 's3.amazonaws.com', FunctionName: 'f', SourceAccount: ownAccount },
    doors: [],
  },
  {
    story: 'a mapping that gives up records elsewhere',
    type: 'AWS::Lambda::EventSourceMapping',
    properties: { DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:210987654321:q' } } },
    doors: ['shop/X: sends to arn:aws:sqs:us-east-1:210987654321:q'],
  },
  {
    story: 'alarms by plain HTTP',
    type: 'AWS::SNS::Subscription',
    properties: { Protocol: 'http', Endpoint: 'http://example.com' },
    doors: ['shop/X: sends to http://example.com'],
  },
  {
    story: 'a function with an address',
    type: 'AWS::Lambda::Url',
    properties: {},
    doors: ['shop/X: is a way in or out: AWS::Lambda::Url'],
  },
])('$story', ({ type, properties, doors }) => {
  expect(doorsOf({ X: { Type: type, Properties: properties } })).toEqual(doors);
});

test("ingress from the network's own range is not a door", () => {
  const resources = {
    Net: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    X: {
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: { CidrIp: { 'Fn::GetAtt': ['Net', 'CidrBlock'] } },
    },
  };

  expect(doorsOf(resources)).toEqual([]);
});

test('a type that no rule knows is not judged', () => {
  expect(findDoors(stageOf({ X: { Type: 'AWS::New::Thing' } }))).toEqual([
    { type: 'AWS::New::Thing', count: 1, judgedBy: undefined, doors: [] },
  ]);
});
