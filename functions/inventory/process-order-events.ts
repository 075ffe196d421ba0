import { answerRepeats } from '../idempotency/answer-repeats.ts';
import { processInWaves } from '../kafka/process-in-waves.ts';
import type { ProcessRecords } from '../kafka/process-records.ts';
import type { ReceivedEvent } from '../kernel/order-event.ts';
import type { InventoryDependencies } from './dependencies.ts';
import { settleWave } from './settle-wave.ts';
import { shortSkus } from './short-skus.ts';
import { skuTurns } from './sku-turns.ts';

/**
 * One reservation per order, released at most once; stock never below zero. The records of a run are written together
 * as far as they may be: those of one lane and those of one order in turn, the others grouped into few transactions.
 */
export function processOrderEvents(
  stock: Pick<InventoryDependencies, 'book' | 'pacing'>,
): ProcessRecords<ReceivedEvent> {
  return processInWaves(() => {
    const deps: InventoryDependencies = { ...stock, turns: skuTurns(), shortage: shortSkus() };
    return answerRepeats((events, deadline) => settleWave(deps, events, deadline));
  });
}
