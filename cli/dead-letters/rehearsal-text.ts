import type { RehearsedLetters } from '../../functions/redrive/operations/rehearse.ts';

/** Formats the expected result of a redrive. */
export function rehearsalText(rehearsed: RehearsedLetters): string {
  const { consumer, records, outcomes, told, expired, isCut, withOthers } = rehearsed;
  return [
    `Rehearsed ${records} records with the code of ${consumer}, without effects:`,
    ...Object.entries(outcomes).map(([outcome, count]) => `  ${String(count).padStart(6)}  ${outcome}`),
    ...told.map(
      ({ id, orderId, reason, message }) =>
        `  ${id}${orderId === undefined ? '' : ` (order ${orderId})`}: ${reason}${message === undefined ? '' : `: ${message}`}`,
    ),
    ...(expired.length === 0
      ? []
      : [`  ${expired.length} expired: the topic has deleted ${expired.slice(0, 20).join(', ')}.`]),
    ...(isCut ? ['There are more records: redrive some first, or select some by a flag.'] : []),
    ...(withOthers === 0
      ? []
      : [`About ${withOthers} messages were not read, because somebody else was reading them.`]),
  ].join('\n');
}
