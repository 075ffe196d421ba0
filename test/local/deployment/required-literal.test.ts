import { describe, expect, test } from '@jest/globals';

import { optionalText, requiredText } from '../../../local/deployment/required-literal.ts';
import { parseTemplate, type Json } from '../../../local/deployment/template.ts';

const source = (value: Json) => ({
  template: parseTemplate(
    JSON.stringify({
      Parameters: { Name: { Type: 'String', Default: 'by-default' }, Open: { Type: 'String' } },
      Resources: { Topic: { Type: 'AWS::MSK::Topic', Properties: { TopicName: value } } },
    }),
  ),
  logicalId: 'Topic',
  property: 'TopicName',
});

describe('requiredText', () => {
  test.each([
    ['text', 'orders', 'orders'],
    ['a number', 6, '6'],
    ["a parameter's default", { Ref: 'Name' }, 'by-default'],
    ['Fn::Base64 of text', { 'Fn::Base64': 'a=b' }, 'YT1i'],
  ])('takes %s', (_name, value, expected) => {
    expect(requiredText(source(value))).toBe(expected);
  });

  test.each([
    ['an import', { 'Fn::ImportValue': 'x' }],
    ['a parameter without a default', { Ref: 'Open' }],
  ])('refuses %s, by the name of the resource and the property', (_name, value) => {
    expect(() => requiredText(source(value))).toThrow(
      'TopicName of Topic is not known before the deployment, which a local stand-in needs: make it a literal, or a parameter with a default',
    );
  });

  test('names a property that is not there', () => {
    expect(() => requiredText({ ...source('x'), property: 'PartitionCount' })).toThrow(
      'Topic has no PartitionCount: give it one',
    );
  });
});

describe('optionalText', () => {
  test('has nothing to say about a property that is not there', () => {
    expect(optionalText({ ...source('x'), property: 'Configs' })).toBeUndefined();
  });
});
