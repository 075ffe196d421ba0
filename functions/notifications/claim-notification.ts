import type { EventMark } from '../idempotency/duplicate-verdict.ts';
import { leaseUntil } from '../idempotency/lease.ts';
import type { Deadline } from '../kernel/deadline.ts';
import { outcomeOfFailure } from '../kernel/outcome-of-failure.ts';
import type { Pacing } from '../kernel/pacing.ts';
import type { ConsumerOutcome } from '../kernel/record-outcome.ts';
import { CLAIM_HELD, decideOnClaim, OUT_OF_TIME, SEND_AMBIGUOUS, type ClaimStep } from './decide.ts';
import type { OwnClaims } from './own-claims.ts';
import type { Claim, LedgerAnswer, NotificationKey, NotificationLedger } from './ports.ts';
import { GRACE_MS, TIME_TO_SEND_MS } from './timing.ts';
import { briefly } from './write-briefly.ts';

/** Time and chance, as the outside gives them. */
export interface Surroundings extends Pacing {
  /** Epoch milliseconds. */
  readonly nowMs: () => number;
  readonly newClaimId: () => string;
}

export interface ClaimDependencies {
  readonly ledger: NotificationLedger;
  readonly surroundings: Surroundings;
  /** Of the execution environment: one for all its invocations. */
  readonly ownClaims: OwnClaims;
}

export type ClaimResult =
  | { readonly kind: 'owned'; readonly claimId: string }
  | { readonly kind: 'settled'; readonly outcome: ConsumerOutcome };

/** Enough for a lease and a grace to pass, and for a release, a take-over and a new claim of others in between; more means a fight. */
const MAX_ROUNDS = 9;

/** Gets the right to send, or says why there is nothing to send. */
export async function claimNotification(
  deps: ClaimDependencies,
  key: NotificationKey,
  mark: EventMark,
  deadline: Deadline,
): Promise<ClaimResult> {
  const contender: Contender = { ...deps, key, mark, deadline, claimId: deps.surroundings.newClaimId() };
  let step: ClaimStep = { kind: 'claim' };
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    if (step.kind === 'send') return { kind: 'owned', claimId: contender.claimId };
    if (step.kind === 'settle') return { kind: 'settled', outcome: step.outcome };
    step = await advance(contender, step);
  }
  return { kind: 'settled', outcome: CLAIM_HELD };
}

interface Contender extends ClaimDependencies {
  readonly key: NotificationKey;
  readonly mark: EventMark;
  readonly deadline: Deadline;
  readonly claimId: string;
}

type Advance = Exclude<ClaimStep, { kind: 'send' | 'settle' }>;

async function advance(contender: Contender, step: Advance): Promise<ClaimStep> {
  const { ledger, key } = contender;
  switch (step.kind) {
    case 'wait':
      return waitForLease(contender, step.ms);
    case 'claim':
      return claimWith(contender, 1, (claim) => ledger.claim(key, claim));
    case 'grantGrace':
      return grantGrace(contender, step.entry.claimId);
    case 'takeOver':
      return claimWith(contender, step.entry.attempt + 1, (claim) =>
        ledger.takeOver(key, claim, step.entry.claimId),
      );
    case 'confirm':
      await briefly(contender, () => ledger.confirm(key, step.entry.claimId, step.messageId));
      return { kind: 'settle', outcome: { kind: 'duplicate' } };
    case 'markAmbiguous':
      return markAmbiguous(contender, step.entry.claimId);
  }
}

async function grantGrace(contender: Contender, claimId: string): Promise<ClaimStep> {
  const { ledger, key, surroundings } = contender;
  const untilMs = surroundings.nowMs() + GRACE_MS;
  const answer = await briefly(contender, () => ledger.grantGrace(key, claimId, untilMs));
  const isGranted = answer.ok && answer.value.kind === 'written';
  return isGranted ? waitForLease(contender, GRACE_MS) : judge(contender, answer);
}

/** The entry is read again by the next claim: it may have been sent, or released, by then. */
async function waitForLease({ deadline, surroundings }: Contender, ms: number): Promise<ClaimStep> {
  if (deadline.remainingMs() < ms + TIME_TO_SEND_MS) return { kind: 'settle', outcome: CLAIM_HELD };
  await surroundings.pause(ms);
  return { kind: 'claim' };
}

async function claimWith(
  contender: Contender,
  attempt: number,
  write: (claim: Claim) => Promise<LedgerAnswer>,
): Promise<ClaimStep> {
  const { deadline, surroundings, claimId, mark } = contender;
  const remainingMs = deadline.remainingMs();
  if (remainingMs < TIME_TO_SEND_MS) return { kind: 'settle', outcome: OUT_OF_TIME };
  const claim = { claimId, attempt, mark, leaseUntilMs: leaseUntil(surroundings.nowMs(), remainingMs) };
  const answer = await briefly(contender, () => write(claim), TIME_TO_SEND_MS);
  if (!answer.ok) await giveUpClaim(contender);
  return judge(contender, answer);
}

/**
 * A claim without an answer may have been written. Nothing is sent under it, so it is taken back. The memory is for the
 * case that this gets no answer either, or that the claim is written later still.
 */
async function giveUpClaim(contender: Contender): Promise<void> {
  const { ledger, key, claimId, ownClaims } = contender;
  ownClaims.remember(claimId, { kind: 'free', key });
  const answer = await briefly(contender, () => ledger.release(key, claimId));
  if (answer.ok) ownClaims.settled(claimId);
}

async function markAmbiguous(contender: Contender, claimId: string): Promise<ClaimStep> {
  const answer = await briefly(contender, () => contender.ledger.markAmbiguous(contender.key, claimId));
  if (answer.ok && answer.value.kind === 'written') return { kind: 'settle', outcome: SEND_AMBIGUOUS };
  return judge(contender, answer);
}

function judge(contender: Contender, answer: LedgerAnswer): ClaimStep {
  if (!answer.ok) return { kind: 'settle', outcome: outcomeOfFailure(answer.error) };
  const { key, surroundings, ownClaims } = contender;
  return decideOnClaim(
    {
      channel: key.channel,
      claim: contender,
      nowMs: surroundings.nowMs(),
      ownClaim: (claimId) => ownClaims.find(claimId),
    },
    answer.value,
  );
}
