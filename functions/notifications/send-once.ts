import type { EventMark } from '../idempotency/duplicate-verdict.ts';
import type { Deadline } from '../kernel/deadline.ts';
import { outcomeOfFailure } from '../kernel/outcome-of-failure.ts';
import type { ConsumerOutcome } from '../kernel/record-outcome.ts';
import { retryWithin } from '../kernel/retry-within.ts';
import { claimNotification, type ClaimDependencies } from './claim-notification.ts';
import { afterUnknownSend, OUT_OF_TIME, SEND_AMBIGUOUS } from './decide.ts';
import type { OwnClaim } from './own-claims.ts';
import type { LedgerAnswer, NotificationKey, NotificationLedger, SendResult } from './ports.ts';
import { PROVIDER_RESTS, type SendBreaker } from './send-breaker.ts';
import type { Promptness, SendLimit } from './send-limit.ts';
import { TIME_TO_SEND_MS, TIME_TO_WRITE_MS } from './timing.ts';

/** A notification that is to be sent: `send` tries once. */
export interface Notification {
  readonly key: NotificationKey;
  readonly mark: EventMark;
  readonly limit: SendLimit;
  readonly breaker: SendBreaker;
  readonly send: () => Promise<SendResult>;
}

/** `notStarted`: the claim left too little time to send within the invocation. */
type Attempt = SendResult | { readonly kind: 'notStarted' };

/**
 * Claim, send, confirm. There is one send per claim. What is promised beyond that differs by channel; see `decide.ts`.
 */
export async function sendOnce(
  deps: ClaimDependencies,
  notification: Notification,
  deadline: Deadline,
): Promise<ConsumerOutcome> {
  const { key, limit, breaker } = notification;
  const turn = await limit.inTurn(() =>
    breaker.unlessResting(() => claimAndSend(deps, notification, deadline)),
  );
  if (turn === undefined) return outcomeOfFailure(PROVIDER_RESTS);
  return turn.kind === 'settled'
    ? turn.outcome
    : settle({ ...deps, key, claimId: turn.claimId, deadline }, turn.attempt);
}

type Turn =
  | { readonly kind: 'settled'; readonly outcome: ConsumerOutcome }
  | { readonly kind: 'tried'; readonly claimId: string; readonly attempt: Attempt };

async function claimAndSend(
  deps: ClaimDependencies,
  { key, mark, limit, breaker, send }: Notification,
  deadline: Deadline,
): Promise<Turn> {
  const pause = (ms: number) => limit.stepAside(() => deps.surroundings.pause(ms));
  const surroundings = { ...deps.surroundings, pause };
  const claim = await claimNotification({ ...deps, surroundings }, key, mark, deadline);
  if (claim.kind === 'settled') return claim;
  const { claimId } = claim;
  if (deadline.remainingMs() < TIME_TO_SEND_MS)
    return { kind: 'tried', claimId, attempt: { kind: 'notStarted' } };
  const attempt = await limit.learnFrom(send, promptnessOf);
  breaker.learn(attempt);
  return { kind: 'tried', claimId, attempt };
}

function promptnessOf(result: SendResult): Promptness {
  switch (result.kind) {
    case 'sent':
      return 'prompt';
    case 'refused':
      return result.failure.code === 'provider-unavailable' ? 'pressed' : 'prompt';
    case 'unknown':
      return 'pressed';
  }
}

interface Owner extends ClaimDependencies {
  readonly key: NotificationKey;
  readonly claimId: string;
  readonly deadline: Deadline;
}

/** The message is out or it is not, and the record's fate follows from that; the ledger has to know it too. */
async function settle(owner: Owner, attempt: Attempt): Promise<ConsumerOutcome> {
  const { key, claimId } = owner;
  switch (attempt.kind) {
    case 'notStarted':
      await release(owner);
      return OUT_OF_TIME;
    case 'sent': {
      const { messageId } = attempt;
      await record(owner, { kind: 'sent', key, messageId }, (ledger) =>
        ledger.confirm(key, claimId, messageId),
      );
      return { kind: 'processed' };
    }
    case 'refused':
      await release(owner);
      return outcomeOfFailure(attempt.failure);
    case 'unknown':
      if (afterUnknownSend(key.channel) === 'release') {
        await release(owner);
        return outcomeOfFailure(attempt.failure);
      }
      await record(owner, undefined, (ledger) => ledger.markAmbiguous(key, claimId));
      return SEND_AMBIGUOUS;
  }
}

function release(owner: Owner): Promise<void> {
  return record(owner, { kind: 'free', key: owner.key }, (ledger) =>
    ledger.release(owner.key, owner.claimId),
  );
}

/**
 * Writes to the ledger what became of a claim, again and again until it answers or the invocation has to. What could not
 * be written is remembered as `known`, so that this environment at least acts upon it when the record comes again.
 */
async function record(
  { ledger, deadline, surroundings, ownClaims, claimId }: Owner,
  known: OwnClaim | undefined,
  write: (ledger: NotificationLedger) => Promise<LedgerAnswer>,
): Promise<void> {
  const limits = { deadline, reserveMs: TIME_TO_WRITE_MS };
  const answer = await retryWithin(() => write(ledger), limits, surroundings);
  if (!answer.ok && known !== undefined) ownClaims.remember(claimId, known);
}
