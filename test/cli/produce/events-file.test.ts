import { describe, expect, test } from '@jest/globals';
import { parseEventsFile } from '../../../cli/produce/events-file.ts';

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
      story: 'the subject goes before an order id',
      text: '{"order_id":"1000","subject":"order-1"}',
      records: [{ key: 'order-1', value: '{"order_id":"1000","subject":"order-1"}' }],
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
    const parsed = parseEventsFile(text);

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
      message: 'The file holds no events. Put one JSON event on each line.',
    },
  ])('$story', ({ text, message }) => {
    expect(() => parseEventsFile(text)).toThrow(new Error(message));
  });
});
