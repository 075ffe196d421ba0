import { expect, test } from '@jest/globals';
import type { TimeLeft } from '@order-events/kafka-tools';
import type { Paint } from '../../../cli/status/status-text.ts';
import { durationText, timeLeftText } from '../../../cli/status/time-left-text.ts';

const HOUR = 3_600_000;
const marking: Paint = (style, text) => `<${style}>${text}`;

test.each<{ story: string; left: TimeLeft; text: string }>([
  { story: 'nothing is unread', left: { kind: 'nothing' }, text: '' },
  { story: 'nothing deletes it', left: { kind: 'forEver' }, text: '' },
  {
    story: 'there is a week',
    left: { kind: 'left', ms: 167 * HOUR, because: 'retention.ms' },
    text: 'oldest unread record is kept for 6 d 23 h (retention.ms)',
  },
  {
    story: 'there are less than three days',
    left: { kind: 'left', ms: 71 * HOUR, because: 'retention.bytes' },
    text: '<yellow>oldest unread record is kept for 2 d 23 h (retention.bytes)',
  },
  {
    story: 'there is less than a day',
    left: { kind: 'left', ms: 2.5 * HOUR, because: 'retention.ms' },
    text: '<red>oldest unread record is kept for 2 h 30 min (retention.ms)',
  },
  {
    story: 'the time is over',
    left: { kind: 'left', ms: -1, because: 'retention.ms' },
    text: '<red>oldest unread record may be deleted at any moment (retention.ms)',
  },
  {
    story: 'it is too late',
    left: { kind: 'gone', records: 17 },
    text: '<red>17 records were DELETED before they were read',
  },
  {
    story: 'nobody knows',
    left: { kind: 'unknown', reason: 'topic-gone' },
    text: '<yellow>oldest unread record: time left unknown, topic-gone',
  },
])('the time left is shown by its urgency: $story', ({ left, text }) => {
  expect(timeLeftText(left, 'oldest unread record', marking)).toBe(text);
});

test.each([
  [59_999, '0 min'],
  [HOUR - 1, '59 min'],
  [HOUR, '1 h 0 min'],
  [24 * HOUR - 1, '23 h 59 min'],
  [24 * HOUR, '1 d 0 h'],
])('%d ms are %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});
