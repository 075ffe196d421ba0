import type { Pacing } from '../kernel/pacing.ts';
import type { StockBook } from './ports.ts';
import type { ShortSkus } from './short-skus.ts';
import type { SkuTurns } from './sku-turns.ts';

/** The dependencies of the work on a run; the turns and the shortage belong to the run. */
export interface InventoryDependencies {
  readonly book: StockBook;
  readonly pacing: Pacing;
  readonly turns: SkuTurns;
  readonly shortage: ShortSkus;
}
