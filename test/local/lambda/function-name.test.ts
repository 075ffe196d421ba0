import { expect, test } from '@jest/globals';
import { parseFunctionReference } from '../../../local/lambda/function-name.ts';

test.each([
  ['orders', { name: 'orders' }],
  ['orders:$LATEST', { name: 'orders', qualifier: '$LATEST' }],
  ['orders:live', { name: 'orders', qualifier: 'live' }],
  ['123456789012:function:orders', { name: 'orders' }],
  ['123456789012:function:orders:7', { name: 'orders', qualifier: '7' }],
  ['arn:aws:lambda:eu-west-1:123456789012:function:orders', { name: 'orders' }],
  ['arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:orders:7', { name: 'orders', qualifier: '7' }],
  ['', undefined],
  ['two words', undefined],
  ['arn:aws:sqs:eu-west-1:123456789012:orders', undefined],
])('reads %j as %j', (text, expected) => {
  const reference = parseFunctionReference(text);

  expect(reference).toEqual(expected);
});
