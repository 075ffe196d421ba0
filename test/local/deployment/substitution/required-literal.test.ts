import { describe, expect, test } from '@jest/globals';

import { knownNames } from '../../../../local/deployment/substitution/known-names.ts';
import { optionalText, requiredText } from '../../../../local/deployment/substitution/required-literal.ts';
import { parseTemplate, type Json } from '../../../../local/deployment/assembly/template.ts';

function source(value: Json) {
  const template = parseTemplate(
    JSON.stringify({
      Parameters: {
        Name: { Type: 'String', Default: 'by-default' },
        Open: { Type: 'String' },
        Path: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/platform/topic' },
        Stage: { Type: 'String', Default: 'beta' },
      },
      Mappings: { Topics: { beta: { Names: ['beta-clicks', 'beta-views'], Prefix: 'beta' } } },
      Resources: { Topic: { Type: 'AWS::MSK::Topic', Properties: { TopicName: value } } },
    }),
  );
  const stackName = 'Streaming';
  const known = knownNames({ template, stackName, region: 'eu-west-1' });
  return { template, stackName, known, logicalId: 'Topic', property: 'TopicName' };
}

describe('requiredText', () => {
  test.each([
    ['text', 'orders', 'orders'],
    ['a number', 6, '6'],
    ["a parameter's default", { Ref: 'Name' }, 'by-default'],
    ['Fn::Base64 of text', { 'Fn::Base64': 'a=b' }, 'YT1i'],
    ['Fn::Join of text and parameters', { 'Fn::Join': ['.', ['shop', { Ref: 'Name' }]] }, 'shop.by-default'],
    [
      'Fn::Sub of parameters, pseudo parameters and variables of its own',
      {
        'Fn::Sub': ['${Name}/${AWS::StackName}/${AWS::Region}/${AWS::AccountId}/${own}/${!Name}', { own: 1 }],
      },
      'by-default/Streaming/eu-west-1/000000000000/1/${Name}',
    ],
    ['Fn::FindInMap by a parameter', { 'Fn::FindInMap': ['Topics', { Ref: 'Stage' }, 'Prefix'] }, 'beta'],
    [
      'Fn::Select from a list in a mapping',
      { 'Fn::Select': ['1', { 'Fn::FindInMap': ['Topics', 'beta', 'Names'] }] },
      'beta-views',
    ],
    ['Fn::Select of Fn::Split', { 'Fn::Select': [0, { 'Fn::Split': ['-', { Ref: 'Name' }] }] }, 'by'],
    ['Fn::Sub of text alone', { 'Fn::Sub': '${Name}-prices' }, 'by-default-prices'],
  ])('takes %s', (_name, value, expected) => {
    expect(requiredText(source(value))).toBe(expected);
  });

  test.each([
    ['an import', { 'Fn::ImportValue': 'x' }],
    ['a parameter without a default', { Ref: 'Open' }],
    ['a parameter whose value is in SSM', { Ref: 'Path' }],
    ['a key that a mapping lacks', { 'Fn::FindInMap': ['Topics', 'prod', 'Prefix'] }],
    ['Fn::Join with one of these', { 'Fn::Join': ['.', ['shop', { Ref: 'Open' }]] }],
    ['Fn::Sub with one of these', { 'Fn::Sub': 'shop.${Open}' }],
    ["Fn::Sub with a resource's attribute", { 'Fn::Sub': 'shop.${Cluster.Arn}' }],
  ])('refuses %s, by the name of the resource and the property', (_name, value) => {
    expect(() => requiredText(source(value))).toThrow(
      'TopicName of Streaming/Topic is not known before the deployment, but a local stand-in needs it: use literals, mappings, parameters with a value, or pseudo parameters',
    );
  });

  test('reports a missing property', () => {
    expect(() => requiredText({ ...source('x'), property: 'PartitionCount' })).toThrow(
      'Streaming/Topic has no PartitionCount: give it one',
    );
  });
});

describe('optionalText', () => {
  test('returns nothing for a missing property', () => {
    expect(optionalText({ ...source('x'), property: 'Configs' })).toBeUndefined();
  });
});
