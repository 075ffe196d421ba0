import { intrude } from '../../../cli/drill/intruder.ts';
import { topology } from '../../../lib/topology/topology.ts';
import { processScenarios } from '../scenarios/process-scenarios.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { serviceScenarios } from '../scenarios/service-scenarios.ts';
import { handOverAgain } from './hand-over-again.ts';
import { skipOffsets } from './skip-offsets.ts';
import type { PlantedBug } from './planted-bug.ts';

const CALM = scenarioOf('calm');

/** The time for a foreign member to get partitions and to read. */
const STRANGER_MS = 20_000;

/** Mistakes that lose orders or cause double effects. The audit must find each. */
export const PLANTED_BUGS: readonly PlantedBug[] = [
  {
    name: 'dedupe-off',
    story: 'A reservation is written whether or not the order has one.',
    patch: {
      file: 'functions/inventory/aws/stock-actions.ts',
      text: "ConditionExpression: 'attribute_not_exists(pk)',",
      becomes: '',
    },
    scenario: CALM,
    finding: 'sum',
  },
  {
    name: 'invoice-overwritten',
    story: 'An invoice is written whether or not the order has one.',
    patch: {
      file: 'functions/billing/aws/dynamo-invoice-book.ts',
      text: 'recordInvoices: (invoices) =>',
      becomes: `recordInvoices: async (invoices) => {
        for (const invoice of invoices)
          await client.send(new PutItemCommand({ TableName: tableName, Item: marshall(invoiceItem(invoice)) }));
        return invoices.map(() => ok({ kind: 'written' }));
      },
      insteadOf: (invoices) =>`,
    },
    scenario: CALM,
    finding: 'wrong',
  },
  {
    name: 'commit-before-effect',
    story: 'A batch is reported as done before its effects are, and the function is killed.',
    patch: {
      file: 'functions/kafka/process-batch.ts',
      text: 'await runLanes(groupIntoLanes(batch), settle, deps.policy)',
      becomes:
        "(void runLanes(groupIntoLanes(batch), settle, deps.policy), batch.map(() => ({ kind: 'processed' as const })))",
    },
    scenario: scenarioOf('kill-functions'),
    finding: 'missing',
  },
  {
    name: 'lost-park',
    story: 'A record that can never succeed counts as parked and is sent nowhere.',
    patch: {
      file: 'functions/kafka/settle-run.ts',
      text: 'await park(wire, answer.failure);',
      becomes: 'void park;',
    },
    scenario: CALM,
    finding: 'missing',
  },
  {
    name: 'double-credit-note',
    story: 'A credit note is written again for each cancellation.',
    patch: {
      file: 'functions/billing/aws/dynamo-invoice-book.ts',
      text: "'attribute_exists(invoiceId) AND attribute_not_exists(cancelEventId)'",
      becomes: "'attribute_exists(invoiceId)'",
    },
    scenario: CALM,
    finding: 'wrong',
  },
  {
    name: 'stock-not-restored',
    story: 'A cancelled reservation keeps its goods.',
    patch: {
      file: 'functions/inventory/aws/dynamo-stock-book.ts',
      text: "return status === 'RESERVED' ? lines : [];",
      becomes: "return status === 'RESERVED' ? lines.slice(lines.length) : [];",
    },
    scenario: CALM,
    finding: 'sum',
  },
  {
    name: 'swallowed-failure',
    story: 'A failure that passes counts as done.',
    patch: {
      file: 'functions/kernel/outcome-of-failure.ts',
      text: "isRetryable(failure) ? { kind: 'failed', failure }",
      becomes: "isRetryable(failure) ? { kind: 'processed' }",
    },
    scenario: scenarioOf('errors-dynamodb'),
    finding: 'missing',
  },
  {
    name: 'sms-twice',
    story: 'Each SMS is sent twice.',
    patch: {
      file: 'functions/notifications/aws/sns-send-sms.ts',
      text: 'const { MessageId } = await client.send(',
      becomes:
        'await client.send(new PublishCommand({ PhoneNumber: to, Message: text }));\n      const { MessageId } = await client.send(',
    },
    scenario: CALM,
    finding: 'double',
  },
  {
    name: 'redrive-without-dedupe',
    story: 'Records that had their effect are handed over again, to a consumer that does not look either.',
    patch: {
      file: 'functions/notifications/aws/dynamo-notification-ledger.ts',
      text: "put(table, key, claim, { ConditionExpression: 'attribute_not_exists(pk)' })",
      becomes: 'put(table, key, claim, {})',
    },
    scenario: {
      ...CALM,
      name: 'redrive-without-dedupe',
      disturb: async (world, { faultMs, pause }) => {
        await pause(faultMs);
        await handOverAgain(world);
      },
    },
    finding: 'double',
  },
  {
    name: 'other-content-accepted',
    story: 'Another order under a used order id counts as a duplicate.',
    patch: {
      file: 'functions/idempotency/duplicate-verdict.ts',
      text: 'if (stored.payloadHash === incoming.payloadHash)',
      becomes: 'if (stored.payloadHash !== "")',
    },
    scenario: CALM,
    finding: 'missing',
  },
  {
    name: 'order-inverted',
    story: 'The events of a key are handled from the last to the first.',
    patch: {
      file: 'functions/kafka/lanes.ts',
      text: 'a.record.offset - b.record.offset',
      becomes: 'b.record.offset - a.record.offset',
    },
    scenario: CALM,
    finding: 'missing',
  },
  {
    name: 'amount-changed',
    story: 'Invoices over more than 100.00 are one cent short.',
    patch: {
      file: 'functions/billing/decide.ts',
      text: 'totalMinor: event.totalMinor,',
      becomes: 'totalMinor: event.totalMinor > 10_000 ? event.totalMinor - 1 : event.totalMinor,',
    },
    scenario: CALM,
    finding: 'wrong',
  },
  {
    name: 'sent-without-sending',
    story: 'An e-mail counts as sent when it was refused.',
    patch: {
      file: 'functions/notifications/aws/ses-send-email.ts',
      text: 'return judgeSendError(SES, error);',
      becomes: "return { kind: 'sent', messageId: String(judgeSendError(SES, error)) };",
    },
    scenario: scenarioOf('throttle-ses'),
    finding: 'missing',
  },
  {
    name: 'wrong-key',
    story: 'The producer gives cancellations a key of their own.',
    change: (records) =>
      records.map((record) =>
        record.value.includes('"order.cancelled"') ? { ...record, key: `${record.key}-cancelled` } : record,
      ),
    scenario: CALM,
    finding: 'split',
  },
  {
    name: 'records-skipped',
    story: 'A member that joins begins some records behind the last committed offset.',
    scenario: { ...CALM, name: 'records-skipped', disturb: skipOffsets(topology.consumers) },
    finding: 'missing',
  },
  {
    name: 'intruder',
    story: 'A stranger joins billing-group, commits its share of the records, and leaves.',
    scenario: {
      ...CALM,
      name: 'intruder',
      disturb: async ({ target }, { pause }) => {
        const { brokers } = target.brokers;
        const at = { brokers, groupId: 'billing-group', topic: target.outputs.topicName };
        const stranger = await intrude(at);
        await pause(STRANGER_MS);
        await stranger.leave();
      },
    },
    finding: 'missing',
  },
];

/** @throws {Error} when there is no such bug. */
export function plantedBug(name: string): PlantedBug {
  const found = PLANTED_BUGS.find((bug) => bug.name === name);
  if (found === undefined) throw new Error(`There is no planted bug ${name}.`);
  return found;
}

function scenarioOf(name: string): Scenario {
  const found = [...processScenarios, ...serviceScenarios].find((scenario) => scenario.name === name);
  if (found === undefined) throw new Error(`There is no scenario ${name}.`);
  return found;
}
