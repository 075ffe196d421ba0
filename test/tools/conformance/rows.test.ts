import { expect, test } from '@jest/globals';
import { rows } from '../../../tools/conformance/rows.ts';
import { sources } from '../../../tools/conformance/sources.ts';

test('the rows are numbered from 1 on, each once and in order', () => {
  const ids = rows.map(({ id }) => id);

  expect(ids).toStrictEqual(
    Array.from({ length: rows.length }, (_, index) => `ESM-${String(index + 1).padStart(3, '0')}`),
  );
});

test('every row has a rule, and an example that leads to something', () => {
  const incomplete = rows.filter(({ rule, example }) => !rule.endsWith('.') || !/→ \S|; \S/.test(example));

  expect(incomplete).toStrictEqual([]);
});

test('every documented row has a source', () => {
  const withoutSource = rows.filter(({ status, source }) => status === 'documented' && source === null);

  expect(withoutSource).toStrictEqual([]);
});

test('every source is used, and by its https address', () => {
  const used = new Set(rows.flatMap(({ source }) => (source === null ? [] : [source])));

  expect([...used].toSorted()).toStrictEqual(Object.keys(sources).toSorted());
  expect(Object.values(sources).filter((url) => !url.startsWith('https://'))).toStrictEqual([]);
});
