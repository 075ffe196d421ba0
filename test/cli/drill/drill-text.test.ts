import { expect, test } from '@jest/globals';
import type { AuditReport } from '../../../audit/index.ts';
import { drillText } from '../../../cli/drill/drill-text.ts';

const audit = {} as AuditReport;

test('a drill ends with its verdict, after its steps with their times and the audit', () => {
  const steps = [
    { what: 'services fail', ms: 1_249 },
    { what: 'the audit', ms: 751 },
  ];

  const text = drillText({ drill: 'outage', ok: true, steps, problems: [], audit }, 'all is well');

  expect(text.split('\n').map((line) => line.trim())).toEqual([
    'step            took',
    'services fail  1.2 s',
    'the audit      0.8 s',
    'total          2.0 s',
    '',
    'Audit: all is well',
    '',
    'The drill outage passed.',
  ]);
});

test('a drill that fails says each problem', () => {
  const text = drillText(
    { drill: 'crash', ok: false, steps: [], problems: ['The point after-send: not within 60 s.'], audit },
    'x',
  );

  expect(text.split('\n').slice(-2)).toEqual([
    'The drill crash FAILED: 1 problem.',
    '  The point after-send: not within 60 s.',
  ]);
});
