import { expect, test } from '@jest/globals';
import { Concurrency } from '../../../local/lambda/concurrency.ts';

test('gives a place back only once it is released', () => {
  const concurrency = new Concurrency(1);
  const release = concurrency.acquire('billing', undefined);

  expect(() => concurrency.acquire('inventory', undefined)).toThrow('Rate Exceeded.');
  release();
  expect(() => concurrency.acquire('inventory', undefined)).not.toThrow();
});

test('separates reserved executions from the shared ones', () => {
  const concurrency = new Concurrency(1);
  concurrency.acquire('billing', undefined);

  concurrency.acquire('inventory', 1);

  expect(() => concurrency.acquire('inventory', 1)).toThrow('Rate Exceeded.');
  expect(() => concurrency.acquire('notifications', 1)).not.toThrow();
});

test('lets a function with no reserved place never run', () => {
  const concurrency = new Concurrency(10);

  expect(() => concurrency.acquire('billing', 0)).toThrow('Rate Exceeded.');
});
