import { answerRepeats } from '../idempotency/answer-repeats.ts';
import { processInWaves } from '../kafka/process-in-waves.ts';
import type { ProcessRecords } from '../kafka/process-records.ts';
import type { ReceivedEvent } from '../kernel/order-event.ts';
import { settleWave } from './settle-wave.ts';
import type { InvoiceBook } from './ports.ts';

/**
 * At most one invoice and one credit note per order, for ever, whatever is delivered again and in whatever order. A
 * credit note exists exactly when both the order and its cancellation took effect.
 */
export function processOrderEvents(book: InvoiceBook): ProcessRecords<ReceivedEvent> {
  return processInWaves(() => answerRepeats((events) => settleWave(book, events)));
}
