import { MAX_DISTINCT_SKUS } from './order-event-limits.ts';

/** Whether an order has few enough skus; a sku may be on several lines. */
export function hasAllowedSkus({ lines }: { readonly lines: readonly { readonly sku: string }[] }): boolean {
  return lines.length <= MAX_DISTINCT_SKUS || new Set(lines.map(({ sku }) => sku)).size <= MAX_DISTINCT_SKUS;
}

/**
 * Whether the total is the sum of the lines. Exact: no single product exceeds 2^53, and a sum that does is above every
 * total that the schema allows.
 */
export function hasSummedTotal({
  lines,
  total,
}: {
  readonly lines: readonly { readonly quantity: number; readonly unitPrice: number }[];
  readonly total: number;
}): boolean {
  let sum = 0;
  for (const { quantity, unitPrice } of lines) sum += quantity * unitPrice;
  return sum === total;
}
