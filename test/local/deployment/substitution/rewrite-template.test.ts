import { describe, expect, test } from '@jest/globals';

import { rewriteTemplate } from '../../../../local/deployment/substitution/rewrite-template.ts';
import { parseTemplate, type Json } from '../../../../local/deployment/assembly/template.ts';

const rewrite = (template: Json) =>
  rewriteTemplate(parseTemplate(JSON.stringify(template)), {
    replaced: new Set(['Gone']),
    literalOf: (logicalId) => (logicalId === 'Gone' ? 'literal' : undefined),
  });

describe('rewriteTemplate', () => {
  test('removes replaced resources and puts literals where properties and outputs refer to them', () => {
    const rewritten = rewrite({
      Description: 'kept',
      Resources: {
        Gone: { Type: 'AWS::EC2::VPC' },
        Queue: {
          Type: 'AWS::SQS::Queue',
          Properties: { QueueName: { Ref: 'Gone' } },
          DeletionPolicy: 'Retain',
        },
      },
      Outputs: { Id: { Value: { Ref: 'Gone' }, Export: { Name: 'app:id' } } },
    });

    expect(rewritten).toEqual({
      Description: 'kept',
      Resources: {
        Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'literal' }, DeletionPolicy: 'Retain' },
      },
      Outputs: { Id: { Value: 'literal', Export: { Name: 'app:id' } } },
    });
  });

  test.each([
    ['one id', 'Gone', {}],
    ['a list that becomes empty', ['Gone'], {}],
    ['a list with others', ['Gone', 'Role'], { DependsOn: ['Role'] }],
  ])('takes the replaced resource out of DependsOn: %s', (_name, dependsOn, expected) => {
    const { Resources } = rewrite({
      Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: {}, DependsOn: dependsOn } },
    });

    expect(Resources).toEqual({ Topic: { Type: 'AWS::SNS::Topic', Properties: {}, ...expected } });
  });

  test('keeps a stack that has lost all its resources deployable, as others import its outputs', () => {
    const { Resources } = rewrite({ Resources: { Gone: { Type: 'AWS::EC2::VPC' } } });

    expect(Resources).toEqual({
      LocalNothing: { Type: 'AWS::CloudFormation::WaitConditionHandle', Properties: {} },
    });
  });

  test('takes a function out of its network and sets the security protocol it has to plaintext', () => {
    const { Resources } = rewrite({
      Resources: {
        Function: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            VpcConfig: { SubnetIds: [{ Ref: 'Gone' }] },
            Environment: { Variables: { KAFKA_SECURITY_PROTOCOL: 'SASL_SSL', TABLE: 'orders' } },
          },
        },
      },
    });

    expect(Resources['Function']?.Properties).toEqual({
      Environment: { Variables: { KAFKA_SECURITY_PROTOCOL: 'PLAINTEXT', TABLE: 'orders' } },
    });
  });

  test('gives no security protocol to a function that has none', () => {
    const properties = { Environment: { Variables: { TABLE: 'orders' } } };

    const { Resources } = rewrite({
      Resources: { Function: { Type: 'AWS::Lambda::Function', Properties: properties } },
    });

    expect(Resources['Function']?.Properties).toEqual(properties);
  });
});
