import { expect, test } from '@jest/globals';
import { messageOf, type RecordToProduce } from '../../../local/api/produce.ts';

const cases: readonly [story: string, record: string | RecordToProduce, message: object][] = [
  ['a text is a value without a key', 'click', { key: null, value: Buffer.from('click'), headers: {} }],
  [
    'texts are sent as UTF-8',
    { key: 'ä', value: 'ö' },
    { key: Buffer.from([0xc3, 0xa4]), value: Buffer.from([0xc3, 0xb6]), headers: {} },
  ],
  [
    'bytes are sent as they are, to the partition that is named',
    { value: Uint8Array.of(0, 255), headers: { trace: Uint8Array.of(1), kind: 'a' }, partition: 2 },
    {
      key: null,
      value: Buffer.from([0, 255]),
      headers: { trace: Buffer.from([1]), kind: Buffer.from('a') },
      partition: 2,
    },
  ],
  [
    'null is a tombstone, and an empty text is none',
    { key: '', value: null },
    { key: Buffer.alloc(0), value: null, headers: {} },
  ],
];

test.each(cases)('%s', (_story, record, message) => {
  expect(messageOf(record)).toEqual(message);
});
