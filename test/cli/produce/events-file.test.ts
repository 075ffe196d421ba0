import { describe, expect, test } from '@jest/globals';
import { parseEventsFile } from '../../../cli/produce/events-file.ts';

const MOST_BYTES = 700_000;

/** A line whose key and value are so many bytes together. */
function lineOf(bytes: number): string {
  const empty = '{"order_id":"1","note":""}';
  const rest = bytes - Buffer.byteLength(empty) - Buffer.byteLength('1');
  return empty.replace('""', `"${'é'.repeat(Math.floor(rest / 2))}${rest % 2 === 0 ? '' : 'e'}"`);
}

describe('a file of events', () => {
  test.each([
    {
      story: 'a CloudEvent gets its subject as key',
      text: '{"specversion":"1.0","subject":"order-1"}',
      records: [{ key: 'order-1', value: '{"specversion":"1.0","subject":"order-1"}' }],
    },
    {
      story: 'the shortest order gets its order id as key',
      text: '{"order_id": "1000", "amount": 10}',
      records: [{ key: '1000', value: '{"order_id": "1000", "amount": 10}' }],
    },
    {
      story: 'the key of a CloudEvent is its subject, whatever order id it has besides',
      text: '{"specversion":"1.0","order_id":"1000","subject":"order-1"}',
      records: [{ key: 'order-1', value: '{"specversion":"1.0","order_id":"1000","subject":"order-1"}' }],
    },
    {
      story: 'the key of the shortest order is its order id, whatever subject it has besides',
      text: '{"order_id":"1000","subject":"order-1"}',
      records: [{ key: '1000', value: '{"order_id":"1000","subject":"order-1"}' }],
    },
    {
      story: 'a record that fills what the topic takes is sent',
      text: lineOf(MOST_BYTES - 256),
      records: [{ key: '1', value: lineOf(MOST_BYTES - 256) }],
    },
    {
      story: 'an order id may be a number',
      text: '{"order_id":1000}',
      records: [{ key: '1000', value: '{"order_id":1000}' }],
    },
    {
      story: 'an event that names no order has no key',
      text: '{"hello":"world"}\n"text"\nnull\n[1]',
      records: [
        { key: undefined, value: '{"hello":"world"}' },
        { key: undefined, value: '"text"' },
        { key: undefined, value: 'null' },
        { key: undefined, value: '[1]' },
      ],
    },
    {
      story: 'empty lines and Windows line ends are not part of any event',
      text: '\n{"subject":"a"}\r\n   \r\n{"subject":"b"}\n\n',
      records: [
        { key: 'a', value: '{"subject":"a"}' },
        { key: 'b', value: '{"subject":"b"}' },
      ],
    },
  ])('$story', ({ text, records }) => {
    const parsed = parseEventsFile(Buffer.from(text), MOST_BYTES);

    expect(parsed).toEqual(records);
  });

  test.each([
    {
      story: 'one bad line is named by its number, empty lines counted',
      text: '{"subject":"a"}\n\n{oops\n',
      message: 'Line 3 is not JSON. Put one JSON event on each line; nothing was sent.',
    },
    {
      story: 'all bad lines are named at once',
      text: 'a\n{}\nb\n',
      message: 'Lines 1, 3 are not JSON. Put one JSON event on each line; nothing was sent.',
    },
    {
      story: 'of many bad lines the first five are named',
      text: 'x\n'.repeat(7),
      message:
        'Lines 1, 2, 3, 4, 5 and 2 more are not JSON. Put one JSON event on each line; nothing was sent.',
    },
    {
      story: 'a file without events is refused',
      text: '\n \n',
      message: 'The file contains no events. Put one JSON event on each line.',
    },
    {
      story: 'a record that is larger than the topic takes is named with its size and the limit',
      text: `{"subject":"a"}\n${lineOf(MOST_BYTES - 255)}`,
      message:
        'Line 2 is too large: 699745 bytes with its key, and the topic accepts 699744. Make it shorter; nothing was sent.',
    },
    {
      story: 'of many that are too large the first is named, and the others are counted',
      text: `${lineOf(800_001)}\n${lineOf(800_000)}`,
      message:
        'Line 1 is too large: 800001 bytes with its key, and the topic accepts 699744, and so are 1 more. ' +
        'Make it shorter; nothing was sent.',
    },
    {
      story: 'text that is not UTF-8 is named, as it would be sent with other letters',
      text: Buffer.from('{"subject":"a"}\n{"subject":"caf\u00e9"}', 'latin1'),
      message: 'Line 2 is not UTF-8. Save the file as UTF-8; nothing was sent.',
    },
    {
      story: 'a byte order mark of UTF-8 is named',
      text: '\uFEFF{"subject":"a"}',
      message:
        'Line 1 begins with a byte order mark, which JSON does not allow: save the file as UTF-8 without one; nothing was sent.',
    },
    {
      story: 'a byte order mark of UTF-16 is named',
      text: Buffer.from('\uFEFF{"subject":"a"}', 'utf16le'),
      message:
        'Line 1 begins with a byte order mark, which JSON does not allow: save the file as UTF-8 without one; nothing was sent.',
    },
  ])('$story', ({ text, message }) => {
    expect(() => parseEventsFile(Buffer.from(text), MOST_BYTES)).toThrow(new Error(message));
  });
});
