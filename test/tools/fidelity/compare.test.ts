import { expect, test } from '@jest/globals';
import { compare, masked, withoutClientFrames } from '../../../tools/fidelity/compare.ts';

test('finds what differs, what is missing and what is too much, by its path', () => {
  const own = [{ payload: { same: 1, other: 'a', missing: {}, list: [1, 2] } }];
  const official = [{ payload: { same: 1, other: 'b', list: [1], more: null } }];

  const differences = compare(own, official);

  expect(differences).toEqual([
    { path: '0.payload.other', own: 'a', official: 'b' },
    { path: '0.payload.missing', own: '{}', official: undefined },
    { path: '0.payload.list.1', own: 2, official: undefined },
    { path: '0.payload.more', own: undefined, official: null },
  ]);
});

test('masks what each invocation and each environment have of their own', () => {
  const text =
    '0b8d5f6e-1111-4222-8333-944455556666 127.0.0.1:4321 [$LATEST]00112233445566778899aabbccddeeff kept';

  expect(masked(text)).toBe('<id> <runtime API> [$LATEST]<stream> kept');
});

test('leaves out frames of the client and keeps those of the function', () => {
  const trace = ['Error: x', '    at handler (/code/index.js:1:2)', '    at run (/client/main.ts:3:4)'];

  const payload = withoutClientFrames({ errorType: 'Error', trace }, '/code');

  expect(payload).toEqual({ errorType: 'Error', trace: trace.slice(0, 2) });
});
