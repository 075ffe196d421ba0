/** One value of a metric. */
export interface Sample {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly value: number;
}

/** CloudWatch's percentiles, `p0` to `p100` with up to ten decimals. */
const PERCENTILE = /^p(\d{1,3}(?:\.\d{1,10})?)$/;

/**
 * Calculates a statistic of the values of one period; undefined when there are none.
 *
 * @param statistic - `Sum`, `Average`, `Maximum`, `Minimum`, `SampleCount` or a percentile such as `p99`.
 * @throws {Error} for any other statistic.
 */
export function statisticOf(values: readonly number[], statistic: string): number | undefined {
  if (values.length === 0) return undefined;
  const sum = values.reduce((total, value) => total + value, 0);
  switch (statistic) {
    case 'Sum':
      return sum;
    case 'Average':
      return sum / values.length;
    case 'Maximum':
      return values.reduce((largest, value) => Math.max(largest, value));
    case 'Minimum':
      return values.reduce((smallest, value) => Math.min(smallest, value));
    case 'SampleCount':
      return values.length;
    default:
      return percentileOf(values, statistic);
  }
}

/** The smallest value that at least so many percent of the values do not exceed. */
function percentileOf(values: readonly number[], statistic: string): number | undefined {
  const percent = Number(PERCENTILE.exec(statistic)?.[1] ?? Number.NaN);
  if (Number.isNaN(percent) || percent > 100) {
    throw new Error(
      `The statistic ${statistic} cannot be calculated here. Use Sum, Average, Maximum, Minimum, SampleCount or p0 to p100.`,
    );
  }
  const ordered = values.toSorted((a, b) => a - b);
  return ordered[Math.max(0, Math.ceil((percent / 100) * ordered.length) - 1)];
}
