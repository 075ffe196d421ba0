import type { KafkaRecord } from '../../kafka/kafka-event.ts';
import { isTry } from '../engine/drive-chunk.ts';
import type { DrivenRecord } from '../engine/ports.ts';
import type { Digest } from '../letters/digest.ts';

/** The progress of the records of one message. */
interface MessageState {
  /** Records and ranges of which not all records have been given yet. */
  open: number;
  /** Records that have been given and have no effect yet. */
  pending: number;
  /** Stays, whatever becomes of its records. */
  kept: boolean;
}

/**
 * Knows which messages may be deleted: those of which every record has been given, and has its effect or needs none. A
 * message of which the topic has not all records any more stays.
 */
export class Settlement {
  readonly #states = new Map<Digest, MessageState>();
  readonly #naming = new Map<KafkaRecord, readonly Digest[]>();

  constructor(digests: readonly Digest[]) {
    for (const digest of digests)
      this.#states.set(digest, {
        open: unitsOf(digest),
        pending: 0,
        kept: digest.letter.kind === 'malformed',
      });
  }

  give(record: KafkaRecord, digests: readonly Digest[]): void {
    this.#naming.set(record, digests);
    for (const digest of digests) this.#change(digest, (state) => ({ ...state, pending: state.pending + 1 }));
  }

  digestsOf(record: KafkaRecord): readonly Digest[] {
    return this.#naming.get(record) ?? [];
  }

  /** Keeps the messages that name a record which is not to be tried. */
  keep(digests: readonly Digest[]): void {
    for (const digest of digests) this.#change(digest, (state) => ({ ...state, kept: true }));
  }

  /** All records of one record or range of a message have been given. */
  given(digest: Digest): void {
    this.#change(digest, (state) => ({ ...state, open: state.open - 1 }));
  }

  /** Notes what became of records. */
  note(driven: readonly DrivenRecord[]): void {
    for (const { record, fate } of driven) {
      const digests = this.#naming.get(record) ?? [];
      this.#naming.delete(record);
      if (fate.kind === 'applied' || fate.kind === 'leftOut')
        for (const digest of digests)
          this.#change(digest, (state) => ({ ...state, pending: state.pending - 1 }));
      else this.#keepFailed(digests, isTry(fate));
    }
  }

  /** A record that was parked again and again is in as many messages, which say the same: the youngest is enough. */
  #keepFailed(digests: readonly Digest[], isNoted: boolean): void {
    this.keep(digests);
    const same = digests.filter(({ letter }) => letter.kind === 'parked' && letter.isWhole);
    if (!isNoted || same.length < 2) return;
    for (const digest of same.toSorted((a, b) => a.sentAtMs - b.sentAtMs).slice(0, -1))
      this.#change(digest, () => ({ open: 0, pending: 0, kept: false }));
  }

  /** Takes the receipts of the messages that may be deleted now; each is given once. */
  takeDone(): readonly string[] {
    const receipts: string[] = [];
    for (const [digest, { open, pending, kept }] of this.#states) {
      if (open > 0 || pending > 0 || kept) continue;
      receipts.push(digest.receipt);
      this.#states.delete(digest);
    }
    return receipts;
  }

  #change(digest: Digest, change: (state: MessageState) => MessageState): void {
    const state = this.#states.get(digest);
    if (state !== undefined) this.#states.set(digest, change(state));
  }
}

function unitsOf({ letter }: Digest): number {
  return letter.kind === 'pointer' ? letter.ranges.length : 1;
}
