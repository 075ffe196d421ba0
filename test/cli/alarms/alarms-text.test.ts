import { expect, test } from '@jest/globals';
import { alarmsText, historyText } from '../../../cli/alarms/alarms-text.ts';

const options = {
  namePrefix: 'order-events-dev-',
  paint: (_style: string, text: string) => text,
  now: Date.UTC(2026, 0, 5, 12, 0),
};

test('alarms in ALARM come first, each with how long it is so and what decided', () => {
  const text = alarmsText(
    [
      {
        name: 'order-events-dev-billing-errors',
        state: 'OK',
        since: '2026-01-05T09:00:00.000Z',
        reason: '0 of the last 5 points are > 0: 0, 0, 0.',
        points: [0, 0, 0],
      },
      {
        name: 'order-events-dev-billing-intruder',
        state: 'ALARM',
        since: '2026-01-05T11:59:15.000Z',
        reason: '2 of the last 3 points are > 0: 0, 1, 1.',
        points: [0, 1, 1],
      },
      { name: 'order-events-dev-new', state: 'INSUFFICIENT_DATA', reason: 'Unchecked.', points: [] },
    ],
    options,
  );

  expect(text.split('\n').map((line) => line.trimEnd())).toEqual([
    '3 alarms of order-events-dev: 1 ALARM, 1 INSUFFICIENT_DATA, 1 OK',
    '',
    ' STATE              ALARM             FOR   WHAT DECIDED',
    ' ALARM              billing-intruder  45 s  2 of the last 3 points are > 0: 0, 1, 1.',
    ' INSUFFICIENT_DATA  new                     Unchecked.',
    ' OK                 billing-errors    3 h   0 of the last 5 points are > 0: 0, 0, 0.',
  ]);
});

test('the history has the newest change last', () => {
  const change = { name: 'order-events-dev-billing-errors', reason: 'because' };

  const text = historyText(
    [
      { ...change, at: '2026-01-05T11:59:15.000Z', from: 'ALARM', to: 'OK' },
      { ...change, at: '2026-01-05T11:50:00.000Z', from: 'OK', to: 'ALARM' },
    ],
    options,
  );

  expect(text.split('\n').map((line) => line.trimEnd())).toEqual([
    ' WHEN (UTC)           ALARM           CHANGE      WHAT DECIDED',
    ' 2026-01-05 11:50:00  billing-errors  OK → ALARM  because',
    ' 2026-01-05 11:59:15  billing-errors  ALARM → OK  because',
  ]);
});

test('no alarms and no changes are reported as such', () => {
  const texts = [alarmsText([], options), historyText([], options)];

  expect(texts).toEqual([
    'No alarm has a name that begins with order-events-dev-',
    'No alarm of order-events-dev has changed its state yet.',
  ]);
});
