import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { chunkRecords } from '../../../cli/produce/chunk-records.ts';

const record = (value: string) => ({ key: 'k', value });

test.each([
  { story: 'nothing makes no chunk', sizes: [], chunks: [] },
  { story: 'a chunk ends at the limit of records', sizes: [1, 1, 1, 1], chunks: [[1, 1, 1], [1]] },
  { story: 'a chunk ends before it exceeds the limit of bytes', sizes: [4, 4, 4], chunks: [[4, 4], [4]] },
  { story: 'a record that is too large goes alone', sizes: [1, 50, 1], chunks: [[1], [50], [1]] },
])('$story', ({ sizes, chunks }) => {
  const records = sizes.map((size) => record('x'.repeat(size)));

  const chunked = [...chunkRecords(records, { mostRecords: 3, mostBytes: 10 })];

  expect(chunked.map((chunk) => chunk.map(({ value }) => value.length))).toEqual(chunks);
});

test('characters count with their bytes in UTF-8', () => {
  const records = [record('€€'), record('€')];

  const chunked = [...chunkRecords(records, { mostRecords: 10, mostBytes: 10 })];

  expect(chunked).toEqual([[record('€€')], [record('€')]]);
});

test('every record is in exactly one chunk, in order, whatever the limits', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string().map(record)),
      fc.record({ mostRecords: fc.integer({ min: 1, max: 5 }), mostBytes: fc.integer({ min: 1, max: 30 }) }),
      (records, limits) => {
        const chunked = [...chunkRecords(records, limits)];

        expect(chunked.flat()).toEqual(records);
        expect(chunked.every((chunk) => chunk.length > 0 && chunk.length <= limits.mostRecords)).toBe(true);
      },
    ),
  );
});

test('no record is taken before its chunk needs it', () => {
  const taken: number[] = [];
  function* records() {
    for (const number of [1, 2, 3, 4]) {
      taken.push(number);
      yield record(String(number));
    }
  }
  const chunks = chunkRecords(records(), { mostRecords: 1, mostBytes: 100 });

  chunks.next();

  expect(taken).toEqual([1, 2]);
});
