import { expect, test } from '@jest/globals';
import { parseTemplate } from '../../../../local/deployment/assembly/template.ts';
import { withoutIdleParameters } from '../../../../local/deployment/substitution/idle-parameters.ts';

test('parameters that nothing refers to any more are not asked for', () => {
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
