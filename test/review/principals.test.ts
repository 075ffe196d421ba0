import { expect, test } from '@jest/globals';
import { principalsOf } from '../../review/principals.ts';
import { readStage } from '../../review/stage/stage.ts';
import { stageOf } from './stages.ts';

const statement = { Sid: 'Write', Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: { Ref: 'Table' } };
const readStatement = {
  sid: 'Write',
  effect: 'Allow',
  principals: [],
  actions: ['dynamodb:PutItem'],
  resources: ['shop/Table'],
  conditions: [],
};
const trust = { Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } }] };
const table = { Type: 'AWS::DynamoDB::Table' };

test.each([
  {
    story: 'an inline policy',
    role: { Policies: [{ PolicyName: 'own', PolicyDocument: { Statement: statement } }] },
    policy: {},
    via: 'inline policy own',
  },
  {
    story: 'a policy that names the role',
    role: {},
    policy: { Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement: [statement] } },
    via: 'shop/Policy',
  },
  {
    story: 'a policy that the role names',
    role: { ManagedPolicyArns: [{ Ref: 'Policy' }] },
    policy: { PolicyDocument: { Statement: [statement] } },
    via: 'shop/Policy',
  },
])('a role may do what $story says', ({ role, policy, via }) => {
  const stage = stageOf({
    Table: table,
    Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust, ...role } },
    Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: policy },
    Function: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
  });

  expect(principalsOf(stage)).toEqual([
    {
      principal: 'shop/Role',
      assumedBy: ['lambda.amazonaws.com'],
      usedBy: ['shop/Function'],
      grants: [{ via, statement: readStatement }],
    },
  ]);
});

test('a policy of AWS is named, as the template does not hold its text', () => {
  const arn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  const stage = stageOf({ Role: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: [arn] } } });

  expect(principalsOf(stage).flatMap(({ grants }) => grants.map(({ via }) => via))).toEqual([arn]);
});

test('whoever the policy of a resource names is a principal with what it allows, forbids and asks for', () => {
  const stage = stageOf({
    Key: {
      Type: 'AWS::KMS::Key',
      Properties: {
        KeyPolicy: {
          Statement: [
            {
              Effect: 'Deny',
              Principal: '*',
              NotAction: ['kms:Decrypt'],
              Resource: '*',
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            },
          ],
        },
      },
    },
  });

  expect(principalsOf(stage)).toEqual([
    {
      principal: 'everybody',
      assumedBy: [],
      usedBy: [],
      grants: [
        {
          via: 'shop/Key',
          statement: {
            sid: '',
            effect: 'Deny',
            principals: [{ kind: 'AWS', id: '*' }],
            actions: ['all but kms:Decrypt'],
            resources: ['*'],
            conditions: [{ operator: 'Bool', key: 'aws:SecureTransport', values: ['false'] }],
          },
        },
      ],
    },
  ]);
});

test.each([
  { story: 'an import', resource: { 'Fn::ImportValue': 'shop-a:Table' }, text: 'a/Table' },
  {
    story: "another stack's output",
    resource: { 'Fn::GetStackOutput': { StackName: 'shop-a', OutputName: 'Out' } },
    text: 'a/Table',
  },
  {
    story: 'a part of an ARN',
    resource: {
      'Fn::Join': [
        '',
        [
          { 'Fn::Select': [0, { 'Fn::Split': [':cluster/', { 'Fn::ImportValue': 'shop-a:Table' }] }] },
          ':group/',
          { 'Fn::Select': [1, { 'Fn::Split': [':cluster/', { 'Fn::ImportValue': 'shop-a:Table' }] }] },
        ],
      ],
    },
    text: 'a/Table:group/…',
  },
  {
    story: 'a substitution',
    resource: { 'Fn::Sub': '${AWS::Region}/${Role.Name}' },
    text: '{Region}/b/Role.Name',
  },
])('a resource that is named by $story has its name across stacks', ({ resource, text }) => {
  const policy = { Statement: [{ Effect: 'Allow', Action: 'x:Y', Resource: resource }] };
  const stage = readStage('dev', [
    {
      stackName: 'shop-a',
      template: {
        Resources: { Table: table },
        Outputs: { Out: { Value: { Ref: 'Table' }, Export: { Name: 'shop-a:Table' } } },
      },
    },
    {
      stackName: 'shop-b',
      template: {
        Resources: {
          Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: policy }] } },
        },
      },
    },
  ]);

  expect(
    principalsOf(stage).flatMap(({ grants }) => grants.flatMap((grant) => grant.statement.resources)),
  ).toEqual([text]);
});
