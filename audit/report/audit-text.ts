import type { SkippedRange } from '../judge/never-handled.ts';
import type { Fate } from '../judge/fates.ts';
import type { AuditReport, GroupReport } from './audit-report.ts';
import type { Finding } from './finding.ts';

const MOST_SHOWN = 20;

const COLUMNS: readonly (readonly [title: string, fate: Fate])[] = [
  ['applied', 'applied'],
  ['nothing to do', 'noop'],
  ['parked', 'parked'],
  ['failed', 'failed'],
  ['waiting', 'waiting'],
  ['wrong', 'broken'],
];

/** Lays out rows of cells, the first row being the head. */
export type TableText = (head: readonly string[], rows: readonly (readonly (string | number)[])[]) => string;

/** The advice for handling a group's missed records again, such as a command. */
export type RepairText = (group: string, ranges: readonly SkippedRange[]) => string;

/** Formats an audit as text. */
export function auditText(report: AuditReport, table: TableText, repair: RepairText): string {
  const head = ['consumer group', ...COLUMNS.map(([title]) => title), 'dead letters'];
  const rows = Object.entries(report.groups).map(([group, counts]) => rowOf(group, counts));
  return [
    `${counted(report.records, 'record')} on the topic, of ${counted(report.orders, 'order')}.${ledgerText(report)}`,
    table(head, rows),
    ...sumLines(report),
    ...verdict(report),
    ...Object.entries(report.groups).flatMap(([group, { neverHandled }]) =>
      skippedLines(group, neverHandled, repair),
    ),
  ].join('\n');
}

function rowOf(group: string, counts: GroupReport): readonly (string | number)[] {
  return [group, ...COLUMNS.map(([, fate]) => counts[fate]), counts.deadLetters];
}

function ledgerText({ ledger }: AuditReport): string {
  if (ledger === undefined) return '';
  const expired = ledger.expired === 0 ? '' : `, of which ${ledger.expired} are deleted by now`;
  return ` The producer knows ${ledger.acknowledged} of them${expired}.`;
}

function sumLines({ billing, inventory, notifications }: AuditReport): readonly string[] {
  const { emails, sms, repeatedEmails } = notifications;
  const sent =
    emails === undefined || sms === undefined
      ? 'messages to customers cannot be read here'
      : `${counted(emails, 'e-mail')} and ${sms} SMS`;
  const repeated =
    repeatedEmails === 0 ? '' : `, ${repeatedEmails} of them again after a send without an answer`;
  return [
    `${counted(billing.invoices, 'invoice')} (${money(billing.invoiced)}), ` +
      `${counted(billing.creditNotes, 'credit note')} (${money(billing.credited)}).`,
    `${counted(inventory.reserved, 'open reservation')} of ${counted(inventory.piecesReserved, 'piece')}, ` +
      `${counted(inventory.backordered, 'back-order')}, ` +
      `${inventory.cancelled} cancelled; ${sent}${repeated}.`,
  ];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function money(sums: AuditReport['billing']['invoiced']): string {
  const parts = sums.names.map((currency) => `${sums.get(currency)} ${currency} in minor units`);
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

function verdict({ ok, findings }: AuditReport): readonly string[] {
  if (ok) return ['Nothing is missing, double or wrong.'];
  const shown = findings.list.slice(0, MOST_SHOWN);
  const more = findings.total - shown.length;
  const kinds = Object.entries(findings.byKind).map(([kind, count]) => `${kind} ${count}`);
  return [
    `${counted(findings.total, 'finding')}: ${kinds.join(', ')}.`,
    ...shown.map((finding) => `  ${findingText(finding)}`),
    ...(more > 0 ? [`  and ${more} more; --json has them`] : []),
  ];
}

/** Lists the offsets that no consumer handled, where a repair starts. */
function skippedLines(
  group: string,
  { records, ranges }: GroupReport['neverHandled'],
  repair: RepairText,
): readonly string[] {
  if (records === 0) return [];
  const byPartition = Map.groupBy(ranges, ({ partition }) => partition);
  return [
    `${group} has committed ${counted(records, 'record')} and never handled ${records === 1 ? 'it' : 'them'}:`,
    ...[...byPartition].map(
      ([partition, ofPartition]) => `  partition ${partition}: ${offsetsText(ofPartition)}`,
    ),
    repair(group, ranges),
  ];
}

function offsetsText(ranges: GroupReport['neverHandled']['ranges']): string {
  const shown = ranges
    .slice(0, MOST_SHOWN)
    .map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`));
  const more = ranges.length - shown.length;
  const noun = ranges.length === 1 && ranges[0]?.first === ranges[0]?.last ? 'offset' : 'offsets';
  return `${noun} ${shown.join(', ')}${more > 0 ? ` and ${more} more ranges; --json has them` : ''}`;
}

function findingText({ kind, group, orderId, partition, offset, what }: Finding): string {
  const place =
    partition === undefined
      ? undefined
      : `partition ${partition}${offset === undefined ? '' : ` offset ${offset}`}`;
  const where = [group, orderId, place].filter((part) => part !== undefined).join(', ');
  return `${kind}${where === '' ? '' : ` (${where})`}: ${what}`;
}
