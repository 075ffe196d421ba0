import type { DriveCounts } from './ports.ts';

/** With fewer tries than this a share says little. */
const LEAST_TRIED = 20;

/** Says why a run stops, when more than a share of the records that it tried failed. */
export function tooManyFailed(
  { applied, failed }: DriveCounts,
  stopAbovePercent: number | undefined,
): string | undefined {
  const tried = applied + failed;
  if (stopAbovePercent === undefined || tried < LEAST_TRIED) return undefined;
  const percent = (failed / tried) * 100;
  if (percent <= stopAbovePercent) return undefined;
  return `${failed} of ${tried} tried records failed, more than ${stopAbovePercent} %.`;
}
