import type { ReservationRequest } from './ports.ts';

/**
 * The skus of which a run found too little. A transaction that takes them is likely to be refused, so their stock is read
 * first; only what is read then decides, since others may have given goods back.
 */
export interface ShortSkus {
  readonly note: (skus: Iterable<string>) => void;
  readonly isTouchedBy: (requests: readonly ReservationRequest[]) => boolean;
}

export function shortSkus(): ShortSkus {
  const short = new Set<string>();
  return {
    note: (skus) => {
      for (const sku of skus) short.add(sku);
    },
    isTouchedBy: (requests) =>
      short.size > 0 && requests.some(({ lines }) => lines.some(({ sku }) => short.has(sku))),
  };
}
