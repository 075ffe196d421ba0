import { describe, expect, test } from '@jest/globals';
import { locateRecords } from '../../../cli/produce/record-sender.ts';

const record = (value: string) => ({ key: 'k', value });

describe('where sent records are', () => {
  test('counts from the base offset of each partition, in the order of sending', () => {
    const records = [record('a'), record('b'), record('c'), record('d')];

    const sent = locateRecords(
      records,
      [1, 0, 1, 1],
      [
        { partition: 0, baseOffset: '7' },
        { partition: 1, baseOffset: '100' },
      ],
    );

    expect(sent).toEqual([
      { record: record('a'), partition: 1, offset: 100 },
      { record: record('b'), partition: 0, offset: 7 },
      { record: record('c'), partition: 1, offset: 101 },
      { record: record('d'), partition: 1, offset: 102 },
    ]);
  });

  test.each([
    { story: 'a partition that the broker did not answer for', partitions: [0, 1] },
    { story: 'a record that got no partition', partitions: [0, undefined] },
  ])('fails for $story', ({ partitions }) => {
    const locate = () =>
      locateRecords([record('a'), record('b')], partitions, [{ partition: 0, baseOffset: '0' }]);

    expect(locate).toThrow('The broker did not acknowledge record 2 of 2. Send them again.');
  });
});
