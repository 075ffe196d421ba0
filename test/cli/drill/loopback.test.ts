import { expect, test } from '@jest/globals';
import { requireLoopback } from '../../../cli/drill/loopback.ts';

test.each(['http://127.0.0.1:4566', 'http://localhost:4566', 'http://[::1]:4566', 'http://127.9.9.9'])(
  'a drill runs against %s',
  (address) => {
    expect(() => {
      requireLoopback(address);
    }).not.toThrow();
  },
);

test.each([
  'https://dynamodb.eu-west-1.amazonaws.com',
  'http://10.0.0.7:4566',
  'http://localhost.example:4566',
  'http://127.0.0.1.example:4566',
])('a drill refuses to run against %s', (address) => {
  expect(() => {
    requireLoopback(address);
  }).toThrow(`it accepts only a loopback address such as 127.0.0.1, and not ${new URL(address).hostname}.`);
});
