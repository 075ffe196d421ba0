import { setTimeout as delay } from 'node:timers/promises';
import type { RecordToSend, Sent } from '@order-events/kafka-tools';
import type { Target } from '../../connection/target.ts';
import type { LedgerFile } from '../../produce/ledger-file.ts';
import { withOrderSender } from '../../produce/order-sender.ts';

const RECORDS_AT_ONCE = 25;
const RECORDS_AT_ONCE_IN_A_BURST = 500;
const RETRIES_OF_A_SEND = 2;
const RETRY_AFTER_MS = 1_000;
/** With the pause between them, longer than any broker is away. */
const MOST_TRIES = 120;

export interface Production {
  readonly records: readonly RecordToSend[];
  /** The duration; 0 sends as fast as the broker accepts. */
  readonly overMs: number;
  /** Takes what was acknowledged. */
  readonly ledger: Pick<LedgerFile, 'append'>;
}

/**
 * Sends records at an even pace. What is not acknowledged is sent again, so that a frozen broker leads to copies, which
 * are legal, and never to gaps.
 */
export async function produce(target: Target, { records, overMs, ledger }: Production): Promise<void> {
  const size = overMs === 0 ? RECORDS_AT_ONCE_IN_A_BURST : RECORDS_AT_ONCE;
  const chunks = Math.ceil(records.length / size);
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    const begun = performance.now();
    const sent = await sendSurely(target, records.slice(chunk * size, (chunk + 1) * size));
    await ledger.append(sent);
    const rest = overMs / chunks - (performance.now() - begun);
    if (rest > 0) await delay(rest);
  }
}

async function sendSurely(target: Target, records: readonly RecordToSend[]): Promise<readonly Sent[]> {
  for (let tries = 1; ; tries += 1) {
    try {
      // A new producer each time: one that has failed may not know any more what it has sent.
      return await withOrderSender(target, RETRIES_OF_A_SEND, (sender) => sender.send(records));
    } catch (error) {
      if (tries === MOST_TRIES) throw error;
      await delay(RETRY_AFTER_MS);
    }
  }
}
