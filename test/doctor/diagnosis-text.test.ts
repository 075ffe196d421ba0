import { expect, test } from '@jest/globals';
import type { Diagnosis } from '../../doctor/diagnose.ts';
import { diagnosisLine, diagnosisText } from '../../doctor/diagnosis-text.ts';

const FOUND: Diagnosis = {
  ok: false,
  takenAt: 0,
  checks: [
    {
      name: 'intruder',
      matters: 'It takes a share.',
      verdict: {
        kind: 'finding',
        findings: [
          { group: 'billing-group', evidence: 'client rdkafka.', todo: 'Stop it.' },
          { evidence: 'another.', todo: 'Look.' },
        ],
      },
    },
    { name: 'colon', matters: 'm', verdict: { kind: 'ok', evidence: 'none with a colon' } },
    { name: 'hot-key', matters: 'm', verdict: { kind: 'unknown', reason: 'too few' } },
  ],
};

test('a diagnosis gives for each finding the evidence, the reason why it matters and what to do', () => {
  const text = diagnosisText(FOUND);

  expect(text.split('\n')).toEqual([
    'FINDING  intruder         It takes a share.',
    '           billing-group: client rdkafka.',
    '           What to do: Stop it.',
    '           another.',
    '           What to do: Look.',
    'ok       colon            none with a colon',
    'unknown  hot-key          too few',
    '1 check of 3 found something: intruder; 1 check could not look.',
  ]);
});

test('a diagnosis without a finding counts the checks that could look', () => {
  const [, ...checks] = FOUND.checks;
  const fine = { ok: true, takenAt: 0, checks };

  expect([diagnosisText(fine).split('\n').at(-1), diagnosisLine(fine)]).toEqual([
    'No finding in 1 check; 1 check could not look.',
    'no finding in 1 check; 1 check could not look',
  ]);
});
