import { describe, expect, test } from '@jest/globals';
import type { AssemblyStack } from '../../../../local/deployment/assembly/assembly.ts';
import { parseTemplate, type Json } from '../../../../local/deployment/assembly/template.ts';
import {
  missingValues,
  NO_OUTSIDE_VALUES,
  withOutsideValues,
} from '../../../../local/deployment/substitution/outside-values.ts';

const REGION = 'eu-west-1';

function stackOf(content: object, overrides: Partial<AssemblyStack> = {}): AssemblyStack {
  return {
    stackName: 'shop',
    region: REGION,
    templateFile: 'shop.template.json',
    template: parseTemplate(JSON.stringify({ Resources: {}, ...content })),
    nested: new Map(),
    toolkitParameters: new Set(),
    ...overrides,
  };
}

const reading = (value: Json): object => ({
  Reader: { Type: 'AWS::SQS::Queue', Properties: { QueueName: value } },
});

describe('withOutsideValues', () => {
  test('makes a given value the default of a parameter, one for the stack before one for all', () => {
    const stack = stackOf({
      Parameters: { Cluster: { Type: 'String' }, Stage: { Type: 'String', Default: 'dev' } },
    });
    const parameters = { Cluster: 'for-all', 'shop:Cluster': 'for-shop', 'other:Stage': 'prod' };

    const { template } = withOutsideValues(stack, { ...NO_OUTSIDE_VALUES, parameters }, REGION);

    expect(template.Parameters).toEqual({
      Cluster: { Type: 'String', Default: 'for-shop' },
      Stage: { Type: 'String', Default: 'dev' },
    });
  });

  test('puts the value of an export where it is imported, in nested stacks too', () => {
    const imported = { 'Fn::ImportValue': { 'Fn::Sub': 'platform-${AWS::Region}-queue' } };
    const inner = stackOf({ Resources: reading({ 'Fn::Join': ['-', ['q', imported]] }) });
    const stack = stackOf(
      { Outputs: { Name: { Value: imported } } },
      { nested: new Map([['Inner', inner]]) },
    );
    const exports = { 'platform-eu-west-1-queue': 'jobs' };

    const given = withOutsideValues(stack, { ...NO_OUTSIDE_VALUES, exports }, REGION);

    expect(given.template.Outputs).toEqual({ Name: { Value: 'jobs' } });
    expect(given.nested.get('Inner')?.template.Resources['Reader']?.Properties).toEqual({
      QueueName: { 'Fn::Join': ['-', ['q', 'jobs']] },
    });
  });
});

describe('missingValues', () => {
  test('are parameters without a default, but for those that the toolkit fills', () => {
    const stack = stackOf(
      {
        Parameters: {
          Cluster: { Type: 'String' },
          Asset: { Type: 'String' },
          Stage: { Type: 'String', Default: 'x' },
        },
      },
      { toolkitParameters: new Set(['Asset']) },
    );

    expect(missingValues([stack], REGION).parameters).toEqual(['shop:Cluster']);
  });

  test('are imports that no stack of the app exports', () => {
    const exporting = stackOf({
      Outputs: { Arn: { Value: 'x', Export: { Name: { 'Fn::Sub': '${AWS::StackName}-arn' } } } },
    });
    const names = ['shop-arn', 'platform-arn', 'platform-arn'];
    const importing = stackOf({ Resources: reading(names.map((name) => ({ 'Fn::ImportValue': name }))) });

    expect(missingValues([exporting, importing], REGION).exports).toEqual(['platform-arn']);
  });

  test('are SSM parameters that are read by type or in text, and that the app does not create', () => {
    const stack = stackOf({
      Parameters: {
        Arn: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/platform/arn' },
        Own: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/own' },
        BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/x/version' },
      },
      Resources: {
        ...reading('q-{{resolve:ssm:/platform/name:3}}-{{resolve:ssm:/platform/plain}}'),
        Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/own', Value: 'x' } },
      },
    });

    expect(missingValues([stack], REGION).ssm).toEqual([
      '/platform/arn',
      '/platform/name',
      '/platform/plain',
    ]);
  });
});
