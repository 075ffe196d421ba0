import { expect, test } from '@jest/globals';
import type { AlarmState } from '../../../local/alarms/alarm.ts';
import { alarmsIn, ruleHolds } from '../../../local/alarms/composite/evaluate-rule.ts';
import { parseRule } from '../../../local/alarms/composite/parse-rule.ts';
import { suppressedBy } from '../../../local/alarms/composite/suppression.ts';

const states: Readonly<Record<string, AlarmState>> = {
  burning: 'ALARM',
  'cpu-high': 'ALARM',
  fine: 'OK',
  new: 'INSUFFICIENT_DATA',
};

test.each([
  ['ALARM("burning")', true],
  ['ALARM(cpu-high) AND NOT ALARM(fine)', true],
  ['ALARM("fine") OR ALARM("burning")', true],
  ['NOT ALARM("fine") AND ALARM("fine")', false],
  ['ALARM("burning") OR ALARM("fine") AND ALARM("fine")', true],
  ['(ALARM("burning") OR ALARM("fine")) AND OK("fine")', true],
  ['INSUFFICIENT_DATA("new")', true],
  ['ALARM("arn:aws:cloudwatch:eu-west-1:111122223333:alarm:burning")', true],
  ['TRUE AND NOT FALSE', true],
  ['not (alarm("burning"))', false],
])('the rule %s is %s', (text, expected) => {
  const holds = ruleHolds(parseRule(text), (alarm) => states[alarm]);

  expect(holds).toBe(expected);
});

test('a rule names the alarms that it reads, each once', () => {
  const names = alarmsIn(parseRule('ALARM("a") OR NOT (OK("b") AND ALARM(a)) OR TRUE'));

  expect(names).toStrictEqual(['a', 'b']);
});

test.each([
  ['BURNS("a")', /ALARM, OK, INSUFFICIENT_DATA, TRUE, FALSE, NOT or a bracket is expected/],
  ['ALARM("a") ALARM("b")', /the end is expected, found ALARM/],
  ['ALARM()', /the name of an alarm is expected/],
])('the rule %s is refused with the reason', (text, reason) => {
  expect(() => parseRule(text)).toThrow(reason);
});

test('a rule that names an alarm which does not exist is refused', () => {
  expect(() => ruleHolds(parseRule('ALARM("gone")'), (alarm) => states[alarm])).toThrow(
    'A composite alarm names gone, which does not exist.',
  );
});

const MINUTE = 60_000;
const settings = { waitSeconds: 60, extensionSeconds: 60 };

test.each([
  ['the suppressor is in ALARM', { state: 'ALARM', since: 0, wasAlarm: false }, 10 * MINUTE, 'Alarm'],
  [
    'the alarm is younger than the wait period',
    { state: 'OK', since: 0, wasAlarm: false },
    5 * MINUTE + 59_999,
    'WaitPeriod',
  ],
  ['the wait period is over', { state: 'OK', since: 0, wasAlarm: false }, 6 * MINUTE, undefined],
  [
    'the suppressor has just left ALARM',
    { state: 'OK', since: 9 * MINUTE, wasAlarm: true },
    10 * MINUTE - 1,
    'ExtensionPeriod',
  ],
  [
    'the extension period is over',
    { state: 'OK', since: 9 * MINUTE, wasAlarm: true },
    10 * MINUTE,
    undefined,
  ],
] as const)('when %s, the actions are kept back accordingly', (_, suppressor, now, expected) => {
  const by = suppressedBy({ state: 'ALARM', since: 5 * MINUTE }, suppressor, settings, now);

  expect(by).toBe(expected);
});
