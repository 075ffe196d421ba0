import type { DemoReport, DemoSummary } from './demo-report.ts';
import { plainTable } from '../terminal/plain-table.ts';

/**
 * The result of test orders for a person.
 *
 * @param errors - what the functions wrote last about failures, told when something is missing
 */
export function demoText({ ok, problems, summary }: DemoReport, errors: readonly string[] = []): string {
  const verdict = ok
    ? `All ${summary.produced} orders were handled by every consumer group.`
    : [
        'Some effects of the orders are missing or wrong:',
        ...[...problems, ...errors].map((line) => `  ${line}`),
      ].join('\n');
  return [groupTable(summary), effectsLine(summary), verdict].join('\n');
}

function groupTable({ groups }: DemoSummary): string {
  return plainTable({
    head: ['consumer group', 'members', 'partitions', 'lag'],
    rows: Object.entries(groups).map(([group, { members, partitions, lag }]) => [
      group,
      members,
      partitions,
      lag ?? 'unknown',
    ]),
    alignRight: [1, 2, 3],
  });
}

function effectsLine({ produced, invoices, reservations, emails, sms, dlq }: DemoSummary): string {
  const parked = Object.values(dlq).reduce((sum, depth) => sum + depth, 0);
  return (
    `${produced} orders in: ${invoices} invoices, ${reservations} reservations, ${emails} e-mails, ` +
    `${sms} SMS, ${parked} in dead-letter queues.`
  );
}
