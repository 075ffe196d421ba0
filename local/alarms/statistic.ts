/** One value of a metric, or the sum of several that are known as a set alone. */
export interface Sample {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly value: number;
  /** Absent for one value. */
  readonly set?: { readonly count: number; readonly minimum: number; readonly maximum: number };
}

/** What a set of values is known by. */
export type SetStatistic = 'Sum' | 'SampleCount' | 'Minimum' | 'Maximum';

/** CloudWatch's percentiles, `p0` to `p100` with up to ten decimals. */
const PERCENTILE = /^p(\d{1,3}(?:\.\d{1,10})?)$/;

/**
 * Calculates a statistic of what a period has; undefined when there is nothing, and for a percentile also when a set has
 * different values.
 *
 * @param statistic - `Sum`, `Average`, `Maximum`, `Minimum`, `SampleCount` or a percentile such as `p99`.
 * @throws {Error} for any other statistic.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#Percentiles
 */
export function statisticOf(samples: readonly Sample[], statistic: string): number | undefined {
  if (samples.length === 0) return undefined;
  switch (statistic) {
    case 'Sum':
      return sumOf(samples);
    case 'Average':
      return sumOf(samples) / countOf(samples);
    case 'Maximum':
      return samples.reduce(
        (largest, { value, set }) => Math.max(largest, set?.maximum ?? value),
        Number.NEGATIVE_INFINITY,
      );
    case 'Minimum':
      return samples.reduce(
        (smallest, { value, set }) => Math.min(smallest, set?.minimum ?? value),
        Number.POSITIVE_INFINITY,
      );
    case 'SampleCount':
      return countOf(samples);
    default:
      return percentileOf(samples, statistic);
  }
}

/**
 * Names what of a set of values {@link statisticOf} looks at for a statistic: for periods of any length that is all there is to read.
 *
 * @param statistic - one that `statisticOf` accepts.
 */
export function partsOf(statistic: string): readonly SetStatistic[] {
  switch (statistic) {
    case 'Average':
      return ['Sum', 'SampleCount'];
    case 'Sum':
    case 'SampleCount':
    case 'Minimum':
    case 'Maximum':
      return [statistic];
    default:
      return ['SampleCount', 'Minimum', 'Maximum'];
  }
}

const sumOf = (samples: readonly Sample[]): number => samples.reduce((total, { value }) => total + value, 0);

const countOf = (samples: readonly Sample[]): number =>
  samples.reduce((total, { set }) => total + (set?.count ?? 1), 0);

/** The smallest value that at least so many percent of the values do not exceed. */
function percentileOf(samples: readonly Sample[], statistic: string): number | undefined {
  const percent = Number(PERCENTILE.exec(statistic)?.[1] ?? Number.NaN);
  if (Number.isNaN(percent) || percent > 100) {
    throw new Error(
      `The statistic ${statistic} cannot be calculated here. Use Sum, Average, Maximum, Minimum, SampleCount or p0 to p100.`,
    );
  }
  if (samples.some(({ set }) => set !== undefined && set.minimum !== set.maximum)) return undefined;
  const ordered = samples
    .flatMap(({ value, set }) =>
      set === undefined ? [value] : Array.from({ length: set.count }, () => set.minimum),
    )
    .toSorted((a, b) => a - b);
  return ordered[Math.max(0, Math.ceil((percent / 100) * ordered.length) - 1)];
}
