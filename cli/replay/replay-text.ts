import type { ReplayPlan } from '../../functions/redrive/operations/plan-replay.ts';
import type { ReplayAnswer } from '../../functions/redrive/operations/replay.ts';
import { countOffsets, rangeText } from '../../functions/redrive/replay/replay-ranges.ts';

/** Formats the records that a replay will read. */
export function replayPlanText({ groupId, ranges, offsets, deleted, unread }: ReplayPlan): string {
  const places = ranges.map(rangeText).join(', ');
  return [
    offsets === 0
      ? `The topic has no such records that ${groupId} has read.`
      : `Reads again ${offsets} offsets that ${groupId} has read: ${places}`,
    ...(deleted.length === 0
      ? []
      : [`Retention has deleted ${countOffsets(deleted)} of them: ${deleted.map(rangeText).join(', ')}`]),
    ...(unread.length === 0
      ? []
      : [
          `${groupId} has not read ${countOffsets(unread)} of them yet; its mapping will deliver them: ` +
            unread.map(rangeText).join(', '),
        ]),
  ].join('\n');
}

/** Formats the result of a replay, or its expected result. `reasons` and `told` are those of the whole run. */
export function replayText(
  consumer: string,
  { isDryRun, ...answer }: ReplayAnswer & { readonly isDryRun: boolean },
): string {
  const { end, why, counts, reasons, told, read } = answer;
  const details = Object.entries(reasons).filter(([reason]) => reason.includes(' '));
  const head = isDryRun
    ? `What a replay to ${consumer} would do with ${read} records:`
    : `Replayed ${read} records to ${consumer}.`;
  return [
    end === 'busy'
      ? `Nothing was replayed to ${consumer}. ${why ?? ''}`
      : `${head}${why === undefined ? '' : ` ${why}`}`,
    `  ${isDryRun ? 'would apply' : 'applied    '}  ${counts.applied}`,
    `  left out     ${counts.leftOut}  (had their effect before, or need none)`,
    `  failed       ${counts.failed}`,
    `  held back    ${counts.heldBack}  (behind a record of the same key)`,
    ...(details.length === 0
      ? []
      : ['  of them:', ...details.map(([reason, count]) => `    ${count} ${reason}`)]),
    ...told.map(
      ({ id, orderId, outcome, reason }) =>
        `  ${outcome === 'failed' ? 'failed' : 'held back'} ${id}${orderId === undefined ? '' : ` (order ${orderId})`}: ${reason}`,
    ),
  ].join('\n');
}
