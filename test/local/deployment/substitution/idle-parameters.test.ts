import { expect, test } from '@jest/globals';
import { parseTemplate } from '../../../../local/deployment/assembly/template.ts';
import { withoutIdleParameters } from '../../../../local/deployment/substitution/idle-parameters.ts';

test('parameters that nothing refers to any more are removed', () => {
  const text = { Type: 'String' };
  const template = parseTemplate(
    JSON.stringify({
      Parameters: { Subnet: text, Name: text, Stage: text, Bootstrap: text, Asset: text },
      Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
      Rules: { Check: { Assertions: [{ Assert: { 'Fn::Contains': [['1'], { Ref: 'Bootstrap' }] } }] } },
      Resources: {
        Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::Sub': 'q-${Name}' } } },
      },
    }),
  );

  const { Parameters = {} } = withoutIdleParameters(template, new Set(['Asset']));

  expect(Object.keys(Parameters)).toEqual(['Name', 'Stage', 'Bootstrap', 'Asset']);
});

test('parameters that only a mapping refers to which is not deployed stay, for its properties are asked for', () => {
  const source = { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/streams/arn' };
  const template = parseTemplate(
    JSON.stringify({ Parameters: { Source: source, Left: source }, Resources: {} }),
  );
  const resource = {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { EventSourceArn: { Ref: 'Source' }, Topics: ['orders'] },
  };

  const { Parameters = {} } = withoutIdleParameters(template, new Set(), {
    Mapping: { physicalId: '6d6a4b1e-0000-4000-8000-000000000001', resource },
  });

  expect(Object.keys(Parameters)).toEqual(['Source']);
});
