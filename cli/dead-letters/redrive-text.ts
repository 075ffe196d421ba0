import type { RedriveAnswer } from '../../functions/redrive/operations/redrive.ts';

const MOST_EXPIRED = 20;

/** Formats the result of a redrive. `reasons` are those of the whole run. */
export function redriveText(consumer: string, answer: RedriveAnswer): string {
  const { counts, reasons, held, superseded, expired, told, withOthers, why, end } = answer;
  const details = Object.entries(reasons)
    .filter(([reason]) => reason.includes(' '))
    .map(([reason, count]) => `    ${count} ${reason}`);
  return [
    `${headline(consumer, end)}${why === undefined ? '' : ` ${why}`}`,
    `  applied    ${counts.applied}`,
    `  left out   ${counts.leftOut}  (had their effect before, or need none)`,
    `  failed     ${counts.failed}`,
    `  held back  ${counts.heldBack}  (behind a record of the same key)`,
    ...(details.length === 0 ? [] : ['  of them:', ...details]),
    ...told.map(
      ({ id, orderId, outcome, reason }) =>
        `  ${outcome === 'failed' ? 'failed' : 'held back'} ${id}${orderId === undefined ? '' : ` (order ${orderId})`}: ${reason}`,
    ),
    ...when(
      held,
      `${held} held after three redrives. --force tries them again; orders dlq fix replaces them.`,
    ),
    ...when(superseded, `${superseded} superseded by a corrected event: skipped.`),
    ...when(
      expired.length,
      `${expired.length} expired: the topic has deleted ${expired.slice(0, MOST_EXPIRED).join(', ')}${expired.length > MOST_EXPIRED ? ', ...' : ''}. The messages are kept.`,
    ),
    ...when(
      withOthers,
      `About ${withOthers} messages were not read, because somebody else was reading them.`,
    ),
  ].join('\n');
}

function headline(consumer: string, end: RedriveAnswer['end']): string {
  switch (end) {
    case 'busy':
      return `Nothing was redriven to ${consumer}.`;
    case 'stopped':
      return `The redrive to ${consumer} stopped.`;
    case 'done':
    case 'more':
      return `Redriven to ${consumer}:`;
  }
}

function when(count: number, line: string): readonly string[] {
  return count === 0 ? [] : [`  ${line}`];
}
