import { expect, test } from '@jest/globals';
import { hear, objections } from '../../../tools/judges/judge.ts';
import type { Finding, Judge } from '../../../tools/judges/judge.ts';

const finding: Finding = { rule: 'rule', where: 'queue', problem: 'open', fix: 'close it' };
const sharp: Judge = {
  name: 'sharp',
  examine: () => Promise.resolve([]),
  canaries: [{ fault: 'open queue', rule: 'rule', examine: () => Promise.resolve([finding]) }],
};

test('a judge that finds its canary and nothing else passes', async () => {
  const verdict = await hear(sharp);

  expect(verdict).toEqual({
    judge: 'sharp',
    findings: [],
    canaries: [{ fault: 'open queue', rule: 'rule', caught: true }],
  });
  expect(objections(verdict)).toEqual([]);
});

test('a finding of a judge in the product is an objection', async () => {
  const verdict = await hear({ ...sharp, examine: () => Promise.resolve([finding]) });

  expect(objections(verdict)).toEqual([finding]);
});

test('a judge that finds the canary by another rule has missed it', async () => {
  const canaries = sharp.canaries.map((canary) => ({ ...canary, rule: 'other rule' }));

  const verdict = await hear({ ...sharp, canaries });

  expect(objections(verdict).map(({ rule, problem }) => [rule, problem])).toEqual([
    [
      'canary-not-caught',
      'The planted fault "open queue" was not found by other rule, so the silence of this judge means nothing',
    ],
  ]);
});

test('a judge without a canary does not pass', async () => {
  const verdict = await hear({ ...sharp, canaries: [] });

  expect(objections(verdict).map(({ rule }) => rule)).toEqual(['no-canary']);
});

test('a judge that cannot do its work does not pass', async () => {
  const verdict = await hear({ ...sharp, examine: () => Promise.reject(new Error('no Python')) });

  expect(objections(verdict).map(({ rule, problem }) => [rule, problem])).toEqual([
    ['judge-failed', 'no Python'],
  ]);
});
