import type { EventMark } from '../idempotency/duplicate-verdict.ts';
import { leaseUntil } from '../idempotency/lease.ts';
import type { Deadline } from '../kernel/deadline.ts';
import { outcomeOfFailure } from '../kernel/outcome-of-failure.ts';
import type { ConsumerOutcome } from '../kernel/record-outcome.ts';
import { CLAIM_HELD, decideOnClaim, OUT_OF_TIME, SEND_AMBIGUOUS, type ClaimStep } from './decide.ts';
import type { Claim, LedgerAnswer, NotificationKey, NotificationLedger } from './ports.ts';

/** Time and chance, as the outside gives them. */
export interface Surroundings {
  /** Epoch milliseconds. */
  readonly nowMs: () => number;
  readonly pause: (ms: number) => Promise<void>;
  readonly newClaimId: () => string;
}

export interface ClaimDependencies {
  readonly ledger: NotificationLedger;
  readonly surroundings: Surroundings;
}

export type ClaimResult =
  | { readonly kind: 'owned'; readonly claimId: string }
  | { readonly kind: 'settled'; readonly outcome: ConsumerOutcome };

/**
 * Milliseconds that claim, send and confirm may take at worst: more than the client that sends waits. Nothing is claimed
 * with less time left, since a claim that dies with its invocation leaves the outcome unknown.
 */
const TIME_TO_SEND_MS = 10_000;

/** Enough for a release, a take-over and a new claim of others in between; more means a fight. */
const MAX_ROUNDS = 6;

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
    case 'takeOver':
      return claimWith(contender, step.entry.attempt + 1, (claim) =>
        ledger.takeOver(key, claim, step.entry.claimId),
      );
    case 'markAmbiguous':
      return markAmbiguous(contender, step.entry.claimId);
  }
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
  const { deadline, surroundings } = contender;
  const remainingMs = deadline.remainingMs();
  if (remainingMs < TIME_TO_SEND_MS) return { kind: 'settle', outcome: OUT_OF_TIME };
  const { claimId, mark } = contender;
  const claim = { claimId, attempt, mark, leaseUntilMs: leaseUntil(surroundings.nowMs(), remainingMs) };
  return judge(contender, claim, await write(claim));
}

async function markAmbiguous(contender: Contender, claimId: string): Promise<ClaimStep> {
  const answer = await contender.ledger.markAmbiguous(contender.key, claimId);
  if (answer.ok && answer.value.kind === 'written') return { kind: 'settle', outcome: SEND_AMBIGUOUS };
  return judge(contender, contender, answer);
}

function judge(
  { key, surroundings }: Contender,
  claim: Pick<Claim, 'claimId' | 'mark'>,
  answer: LedgerAnswer,
): ClaimStep {
  return answer.ok
    ? decideOnClaim(key.channel, answer.value, claim, surroundings.nowMs())
    : { kind: 'settle', outcome: outcomeOfFailure(answer.error) };
}
