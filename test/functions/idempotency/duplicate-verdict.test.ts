import { expect, test } from '@jest/globals';
import { duplicateVerdict, type EventMark } from '../../../functions/idempotency/duplicate-verdict.ts';

const original: EventMark = { eventId: 'placed-1', payloadHash: 'hash-1' };
const correction: EventMark = { eventId: 'correction-1', payloadHash: 'hash-2', corrects: 'placed-1' };
const secondCorrection: EventMark = { eventId: 'correction-2', payloadHash: 'hash-3', corrects: 'placed-1' };
const corrected = { kind: 'skipped', reason: 'corrected' };

test.each([
  { story: 'a correction of what took effect', stored: original, incoming: correction, verdict: corrected },
  {
    story: 'what a correction took the place of',
    stored: correction,
    incoming: original,
    verdict: corrected,
  },
  {
    story: 'a second correction of the same',
    stored: correction,
    incoming: secondCorrection,
    verdict: corrected,
  },
  { story: 'the same again', stored: correction, incoming: correction, verdict: { kind: 'duplicate' } },
])('does nothing for $story', ({ stored, incoming, verdict }) => {
  const found = duplicateVerdict(stored, incoming);

  expect(found).toEqual(verdict);
});

test('parks a correction of something else than what took effect', () => {
  const stranger: EventMark = { eventId: 'placed-2', payloadHash: 'hash-9' };

  const found = duplicateVerdict(stranger, correction);

  expect(found).toMatchObject({ kind: 'poison', failure: { code: 'order-id-reused' } });
});
