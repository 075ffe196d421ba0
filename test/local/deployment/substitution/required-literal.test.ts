import { describe, expect, test } from '@jest/globals';

import { optionalText, requiredText } from '../../../../local/deployment/substitution/required-literal.ts';
import { parseTemplate, type Json } from '../../../../local/deployment/assembly/template.ts';

const source = (value: Json) => ({
  template: parseTemplate(
    JSON.stringify({
      Parameters: { Name: { Type: 'String', Default: 'by-default' }, Open: { Type: 'String' } },
      Resources: { Topic: { Type: 'AWS::MSK::Topic', Properties: { TopicName: value } } },
    }),
  ),
  stackName: 'Streaming',
  region: 'eu-west-1',
  logicalId: 'Topic',
  property: 'TopicName',
});

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
    ['Fn::Sub of text alone', { 'Fn::Sub': '${Name}-prices' }, 'by-default-prices'],
  ])('takes %s', (_name, value, expected) => {
    expect(requiredText(source(value))).toBe(expected);
  });

  test.each([
    ['an import', { 'Fn::ImportValue': 'x' }],
    ['a parameter without a default', { Ref: 'Open' }],
    ['Fn::Join with one of these', { 'Fn::Join': ['.', ['shop', { Ref: 'Open' }]] }],
    ['Fn::Sub with one of these', { 'Fn::Sub': 'shop.${Open}' }],
    ["Fn::Sub with a resource's attribute", { 'Fn::Sub': 'shop.${Cluster.Arn}' }],
  ])('refuses %s, by the name of the resource and the property', (_name, value) => {
    expect(() => requiredText(source(value))).toThrow(
      'TopicName of Streaming/Topic is not known before the deployment, which a local stand-in needs: make it of literals, parameters with a default, and pseudo parameters',
    );
  });

  test('names a property that is not there', () => {
    expect(() => requiredText({ ...source('x'), property: 'PartitionCount' })).toThrow(
      'Streaming/Topic has no PartitionCount: give it one',
    );
  });
});

describe('optionalText', () => {
  test('has nothing to say about a property that is not there', () => {
    expect(optionalText({ ...source('x'), property: 'Configs' })).toBeUndefined();
  });
});
