import { createHash } from 'node:crypto';
import { fingerprint } from '../fingerprint.ts';
import { NumberColumn } from './columns.ts';
import type { LedgerLine, PartitionBounds, TopicRecord } from '../ports.ts';
import type { Findings } from '../report/finding.ts';

/** No text has this fingerprint. */
const NOTHING = 0;

/** The events that the producer knows to be on the topic. */
export class Ledger {
  /** Fingerprints by offset, by partition. */
  readonly #expected = new Map<number, NumberColumn>();
  /** Acknowledged events. */
  count = 0;

  add({ partition, offset, sha256 }: LedgerLine): void {
    const ofPartition = this.#expected.get(partition) ?? new NumberColumn();
    this.#expected.set(partition, ofPartition);
    ofPartition.set(offset, fingerprint(sha256));
    this.count += 1;
  }

  /** Compares a record of the topic with the producer's entry for its position. */
  check({ partition, offset, value }: TopicRecord, findings: Findings): void {
    const ofPartition = this.#expected.get(partition);
    const expected = ofPartition?.get(offset);
    if (expected === undefined || expected === NOTHING) return;
    ofPartition?.set(offset, NOTHING);
    const sha256 = createHash('sha256')
      .update(value ?? Buffer.alloc(0))
      .digest('hex');
    if (fingerprint(sha256) === expected) return;
    findings.add({
      kind: 'lost',
      partition,
      offset,
      what: 'The topic has another event at the position of the acknowledged one.',
    });
  }

  /** @returns the number of events that the topic's retention has deleted since. */
  close(bounds: PartitionBounds, findings: Findings): number {
    let expired = 0;
    for (const [partition, ofPartition] of this.#expected) {
      const start = bounds.get(partition)?.start ?? 0;
      for (const offset of ofPartition.rows()) {
        if (offset < start) expired += 1;
        else
          findings.add({
            kind: 'lost',
            partition,
            offset,
            what: 'An acknowledged event is not on the topic.',
          });
      }
    }
    return expired;
  }
}

export async function readLedger(lines: AsyncIterable<LedgerLine>): Promise<Ledger> {
  const ledger = new Ledger();
  for await (const line of lines) ledger.add(line);
  return ledger;
}
