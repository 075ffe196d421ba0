import { join } from 'node:path';
import { Command, InvalidArgumentError, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import {
  audit,
  auditText,
  withSources,
  type AuditOptions,
  type AuditReport,
  type TopicGrowth,
} from '../../audit/index.ts';
import { byConsumer } from '../../lib/topology/by-consumer.ts';
import { topology } from '../../lib/topology/topology.ts';
import type { Target } from '../connection/target.ts';
import { awsFlag, stageFlag, withTarget } from '../connection/target-flags.ts';
import { CATALOGUE_CURRENCY } from '../orders/catalogue.ts';
import { localDirectory } from '../project-folders.ts';
import { replayCommandText, type StageFlags } from '../replay/replay-command-text.ts';
import { growthNotes } from '../topics/growth-notes.ts';
import { plainTable } from '../terminal/plain-table.ts';

const EXAMPLES = `
Examples:
  orders audit                              trusts the topic
  orders audit --ledger ledger.jsonl        trusts the ledger of the producer: orders produce --ledger ledger.jsonl
  orders audit --json                       one JSON object, with every finding
  orders audit --aws --stage prod           from inside the cluster's VPC; messages to customers are not checked there

In each group, each record of the topic ends as exactly one of: applied, nothing to do, parked, failed, or waiting. If a
group committed records that it never handled, the audit lists them with the command that handles them again.

Exit code 1 if something is missing, double or wrong.`;

/** `orders audit`: compares what was produced with what became of it. */
export function auditCommand(): CommandUnknownOpts {
  return new Command('audit')
    .description('check every produced order in every group: is anything missing, double or wrong?')
    .option('--ledger <file>', 'the acknowledged events, in a file that orders produce --ledger wrote')
    .addOption(
      new Option('--currency <code>', 'currency of the amounts in the shortest orders')
        .argParser(parseCurrency)
        .default(CATALOGUE_CURRENCY),
    )
    .option('--json', 'print the report as one JSON object')
    .addOption(awsFlag)
    .addOption(stageFlag)
    .addHelpText('after', EXAMPLES)
    .action(async ({ ledger, currency, json, ...flags }) => {
      await withTarget(flags, async (target) => {
        const growth = target.kind === 'local' ? await notedGrowth(target) : undefined;
        const report = await auditTarget(target, { currency, growth }, ledger);
        console.log(json === true ? JSON.stringify(report) : auditReportText(report, flags));
        if (!report.ok) process.exitCode = 1;
      });
    });
}

/** Audits a stage, wherever it runs. */
export function auditTarget(
  target: Target,
  options: AuditOptions,
  ledgerFile?: string,
): Promise<AuditReport> {
  const { outputs, brokers, awsClientConfig } = target;
  return withSources(
    {
      topicName: outputs.topicName,
      kafka: brokers,
      aws: awsClientConfig,
      groups: byConsumer(({ name, consumerGroupId: groupId }) => ({
        groupId,
        tableName: outputs.tableNames[name],
        queueUrl: outputs.deadLetterQueueUrls[name],
      })),
      ledgerFile,
    },
    (sources) => audit(sources, options),
  );
}

/** @param flags - where the audit looked, so that the commands it names look there, too. */
export function auditReportText(report: AuditReport, flags: StageFlags = {}): string {
  const text = auditText(
    report,
    (head, rows) => plainTable({ head, rows, alignRight: head.map((_, column) => column).slice(1) }),
    (groupId, ranges) => `  Handle again: ${replayCommandText(consumerOf(groupId), ranges, flags)}`,
  );
  const notAudited = topology.consumers
    .map(({ consumerGroupId }) => consumerGroupId)
    .filter((groupId) => report.groups[groupId] === undefined);
  return notAudited.length === 0
    ? text
    : `${text}\nNot audited: ${notAudited.join(', ')}. The auditor does not know what they do.`;
}

/** Reads the notes of `orders topics grow` about this topic. */
async function notedGrowth({ outputs }: Target): Promise<TopicGrowth | undefined> {
  const noted = await growthNotes(join(localDirectory, 'topic-growth.json')).read();
  if (noted === undefined || noted.topic !== outputs.topicName) return undefined;
  const ends = Object.entries(noted.ends).map(([partition, end]) => [Number(partition), end] as const);
  return { drainedAtMs: Date.parse(noted.drainedAt), ends: new Map(ends) };
}

function consumerOf(groupId: string): string {
  return topology.consumers.find(({ consumerGroupId }) => consumerGroupId === groupId)?.name ?? groupId;
}

function parseCurrency(text: string): string {
  if (/^[A-Z]{3}$/.test(text)) return text;
  throw new InvalidArgumentError('A currency is three capital letters of ISO 4217, such as EUR.');
}
