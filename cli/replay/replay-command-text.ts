import { rangeText, type ReplayRange } from '../../functions/redrive/replay/replay-ranges.ts';

/** The place that a command reads. */
export interface StageFlags {
  readonly aws?: true | undefined;
  readonly stage?: string | undefined;
}

/** More than these in one partition become one range over all of them: a replay leaves out what had its effect. */
const MOST_RANGES_OF_A_PARTITION = 5;

/** The command that replays these offsets, to be typed as it is. */
export function replayCommandText(
  consumer: string,
  ranges: readonly ReplayRange[],
  { aws, stage }: StageFlags,
): string {
  const byPartition = Map.groupBy(ranges, ({ partition }) => partition);
  return [
    `npm run orders -- replay ${consumer}`,
    ...[...byPartition.values()].flatMap(short).map((range) => `--range ${rangeText(range)}`),
    ...(aws === true ? ['--aws'] : []),
    ...(stage === undefined ? [] : [`--stage ${stage}`]),
  ].join(' ');
}

function short(ranges: readonly ReplayRange[]): readonly ReplayRange[] {
  const [first] = ranges;
  const last = ranges.at(-1);
  if (first === undefined || last === undefined || ranges.length <= MOST_RANGES_OF_A_PARTITION) return ranges;
  return [{ ...first, last: last.last }];
}
