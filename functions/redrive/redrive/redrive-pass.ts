import { drive } from '../engine/drive.ts';
import type { DriveCounts, DriveItem, DriveLimits, DrivenRecord, DriveReport } from '../engine/ports.ts';
import type { ConsumerPort, OperationPorts } from '../ports.ts';
import { chooseRecords, firstSeenMs } from './choose-records.ts';
import { collect, type Collected } from './collect.ts';
import type { IsInterrupted, Run } from './lease.ts';
import type { RunTally } from './run-tally.ts';
import type { Selection } from './selection.ts';
import { Settlement } from './settlement.ts';
import { writeDown } from './write-down.ts';

/** The request of a run. */
export interface RedriveWish {
  readonly selection: Selection;
  readonly limits: DriveLimits;
  /** Tries held records, too. */
  readonly force: boolean;
  /** Lets the records behind a held one of their key go on. */
  readonly pastHeld: boolean;
  /** The wish in words, for the journal. */
  readonly words: string;
}

export interface Pass {
  readonly ports: OperationPorts;
  readonly consumer: ConsumerPort;
  readonly run: Run;
  readonly wish: RedriveWish;
  readonly tally: RunTally;
  readonly isInterrupted: IsInterrupted;
}

/** Records that are noted in the operations table at once. */
const NOTES_AT_ONCE = 25;

/** Looks at all messages once and drives the records that are meant; the messages whose records are all done are deleted. */
export async function redrivePass(
  pass: Pass,
  before: DriveCounts,
): Promise<DriveReport & { readonly isPartial: boolean }> {
  const { ports, consumer, wish, tally } = pass;
  const collected = await collect(ports, consumer);
  tally.look(collected);
  const settlement = new Settlement(collected.digests);
  const report = await drive({
    source: itemsOf(pass, collected, settlement, before),
    limits: wish.limits,
    before,
    ports: {
      rehearse: consumer.rehearse,
      deliver: consumer.deliver,
      begin: (records) =>
        inTurn(records, NOTES_AT_ONCE, (record) =>
          ports.memory.noteTry(consumer.name, record, {
            runId: pass.run.runId,
            firstSeenMs: firstSeenMs(settlement.digestsOf(record), collected, record),
          }),
        ),
      settle: (driven) => settle(pass, settlement, driven),
      interruption: async () =>
        ports.deadline.remainingMs() <= 0 ? 'The time of this call is over.' : pass.isInterrupted(),
      nowMs: ports.monotonicMs,
      pause: ports.pause,
    },
  });
  await consumer.letters.remove(settlement.takeDone());
  return { ...report, isPartial: collected.isPartial };
}

/** The journal first: a message that is gone could not be told of any more. */
async function settle(
  { ports, consumer, run, wish, tally }: Pass,
  settlement: Settlement,
  driven: readonly DrivenRecord[],
): Promise<void> {
  await writeDown({ ports, run, tally, operation: 'redrive', what: wish.words }, driven);
  settlement.note(driven);
  await consumer.letters.remove(settlement.takeDone());
  ports.tell?.(tally.progress());
}

/** The records that are to be tried, and marks for those that hold back the later ones of their key. */
async function* itemsOf(
  { ports, run, wish, tally }: Pass,
  collected: Collected,
  settlement: Settlement,
  before: DriveCounts,
): AsyncGenerator<DriveItem> {
  const chosen = chooseRecords(ports.topic, collected, {
    wish,
    runId: run.runId,
    taken: before.applied + before.leftOut + before.failed,
    onGiven: (digest) => {
      settlement.given(digest);
    },
    onMissing: (missing) => {
      settlement.keep([missing.digest]);
      tally.miss(missing);
    },
  });
  for await (const { named, verdict } of chosen) {
    const { wire, digests } = named;
    tally.passBy(verdict);
    if (verdict === 'try') {
      settlement.give(wire, digests);
      yield { record: wire, wire };
    } else {
      settlement.keep(digests);
      const holdsBack = verdict !== 'superseded' && !(verdict === 'held' && wish.pastHeld);
      if (holdsBack) yield { record: wire, wire: undefined };
    }
  }
}

async function inTurn<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < items.length; start += atOnce)
    await Promise.all(items.slice(start, start + atOnce).map(work));
}
