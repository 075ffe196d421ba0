import { expect, test } from '@jest/globals';
import { Disturbances, unreachableVariables } from '../../../local/lambda/disturbance.ts';

test('a disturbance ends by itself', () => {
  let now = 0;
  const disturbances = new Disturbances(() => now);
  const slow = { delayMs: 100, unreachable: [], until: 20 };
  disturbances.set('billing', slow);

  now = 19;
  const before = disturbances.of('billing');
  now = 20;
  const after = disturbances.of('billing');

  expect([before, after, disturbances.of('inventory')]).toEqual([slow, undefined, undefined]);
});

test('an unreachable service has an endpoint at which nothing listens', () => {
  const variables = unreachableVariables({ delayMs: 0, unreachable: ['DYNAMODB', 'SQS'], until: 1 });

  expect(variables).toEqual({
    AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9',
    AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:9',
  });
});
