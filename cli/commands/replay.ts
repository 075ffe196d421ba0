import { join } from 'node:path';
import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { planReplay, type ReplayPlan } from '../../functions/redrive/operations/plan-replay.ts';
import {
  replayRecords,
  type ReplayAnswer,
  type ReplayRequest,
} from '../../functions/redrive/operations/replay.ts';
import { rangeText } from '../../functions/redrive/replay/replay-ranges.ts';
import type { ConsumerName } from '../../lib/topology/topology.ts';
import type { Target } from '../connection/target.ts';
import { awsFlag, stageFlag, withTarget } from '../connection/target-flags.ts';
import { partitionOption, rateOption, stopAboveOption } from '../dead-letters/redrive-flags.ts';
import { consumerArgument } from '../operations/consumer-argument.ts';
import { runOperation } from '../operations/run-operation.ts';
import { whoAmI } from '../operations/who.ts';
import { localDirectory } from '../project-folders.ts';
import { fromOption, placeAt, rangeOption, toOption } from '../replay/replay-flags.ts';
import { replayNotes, type ReplayNotes } from '../replay/replay-notes.ts';
import { replayPlanText, replayText } from '../replay/replay-text.ts';
import { progressLine } from '../terminal/progress-line.ts';

const EXAMPLES = `
Examples:
  orders replay billing --from 2h                      the records of the last two hours that billing has read
  orders replay billing --from 2026-11-30T08:00:00Z --to 2026-11-30T09:00:00Z --dry-run
  orders replay billing --partition 3 --from 120 --to 180
  orders replay billing --range 3:120-180 --range 5:7  exactly these, as the audit prints them
  orders replay billing --from 1d --order 1000         one order
  orders replay billing --resume                       continues after a crash or Ctrl-C
  orders replay billing --from 2h --aws --stage prod   through the function in the VPC; works from anywhere

A replay passes past records to this consumer again, with their own offsets, and keeps the order of each key. It does not
change the offsets of the group, or other groups. Records that already have their effect are left out. Records that the group
has not read yet are left to its mapping. Records for which the consumer may have forgotten the effect are refused. Exit
code 1 if records failed.`;

interface ReplayFlags {
  readonly from?: Parameters<typeof placeAt>[0] | undefined;
  readonly to?: Parameters<typeof placeAt>[0] | undefined;
  readonly partition?: readonly number[] | undefined;
  readonly range?:
    | Parameters<typeof replayPlanText>[0]['ranges']
    | readonly { partition: number; first: number; last: number }[]
    | undefined;
  readonly order?: string | undefined;
  readonly rate?: number | undefined;
  readonly stopAbove?: number | undefined;
  readonly dryRun?: true | undefined;
  readonly resume?: true | undefined;
}

/** `orders replay`: past events once more through one consumer. */
export function replayCommand(): CommandUnknownOpts {
  return new Command('replay')
    .description('send past events through one consumer again, without changing offsets or other groups')
    .addArgument(consumerArgument)
    .addOption(fromOption)
    .addOption(toOption)
    .addOption(partitionOption)
    .addOption(rangeOption)
    .addOption(new Option('--order <id>', 'only the events of this order'))
    .addOption(rateOption)
    .addOption(stopAboveOption)
    .option('--dry-run', 'show what would happen to the records, without effects')
    .option('--resume', 'continue an unfinished replay of this consumer')
    .option('--json', 'print one JSON object')
    .addOption(awsFlag)
    .addOption(stageFlag)
    .addHelpText('after', EXAMPLES)
    .action(async (consumer, { json, aws, stage, ...flags }) => {
      requireWish(flags);
      await withTarget({ aws, stage }, async (target) => {
        const notes = replayNotes(join(localDirectory, `replay-${consumer}-${stage ?? target.kind}.json`));
        const request = await requestOf(target, { consumer, flags, notes, isQuiet: json === true });
        if (request === undefined) return;
        const answer = await replayToEnd(target, request, notes);
        const result = { ...answer, isDryRun: request.dryRun };
        console.log(json === true ? JSON.stringify(result) : replayText(consumer, result));
        if (answer.end !== 'done' || answer.counts.failed > 0) process.exitCode = 1;
      });
    });
}

/** @throws {Error} when the flags say too little or too much. */
function requireWish({ from, to, partition, range, resume }: ReplayFlags): void {
  const ways = [from !== undefined, range !== undefined, resume === true].filter(Boolean).length;
  if (ways !== 1) throw new Error('Choose what to replay with one of --from, --range and --resume.');
  if (to !== undefined && from === undefined) throw new Error('--to goes with --from.');
  const byOffset = [from, to].some((place) => place?.kind === 'offset');
  if (byOffset && partition === undefined) {
    throw new Error('An offset needs its partition: add --partition, or use --range 3:120-180.');
  }
}

interface Asked {
  readonly consumer: ConsumerName;
  readonly flags: ReplayFlags;
  readonly notes: ReplayNotes;
  readonly isQuiet: boolean;
}

/** @returns undefined when there is nothing to replay. */
async function requestOf(
  target: Target,
  { consumer, flags, notes, isQuiet }: Asked,
): Promise<ReplayRequest | undefined> {
  if (flags.resume === true) {
    const noted = await notes.read();
    if (noted !== undefined) return noted;
    throw new Error(`There is no unfinished replay of ${consumer} here.`);
  }
  const plan = await planOf(target, consumer, flags);
  if (!isQuiet) console.log(replayPlanText(plan));
  if (plan.offsets === 0 && !isQuiet) return undefined;
  return {
    operation: 'replay',
    consumer,
    by: await whoAmI(target),
    words: wordsOf(plan, flags),
    ranges: plan.ranges,
    ...(flags.order === undefined ? {} : { orderId: flags.order }),
    dryRun: flags.dryRun === true,
    ...(flags.rate === undefined ? {} : { perSecond: flags.rate }),
    ...(flags.stopAbove === undefined ? {} : { stopAbovePercent: flags.stopAbove }),
  };
}

function planOf(
  target: Target,
  consumer: ConsumerName,
  { from, to, partition, range }: ReplayFlags,
): Promise<ReplayPlan> {
  const nowMs = Date.now();
  return runOperation(target, planReplay, {
    operation: 'planReplay',
    consumer,
    ...(from === undefined ? {} : { from: placeAt(from, nowMs) }),
    ...(to === undefined ? {} : { to: placeAt(to, nowMs) }),
    ...(partition === undefined ? {} : { partitions: [...partition] }),
    ...(range === undefined ? {} : { ranges: [...range] }),
  });
}

/** The wish in words, for the journal. */
function wordsOf({ ranges }: ReplayPlan, { order }: ReplayFlags): string {
  const most = 20;
  const places = ranges.slice(0, most).map(rangeText).join(', ');
  return `${places}${ranges.length > most ? ', …' : ''}${order === undefined ? '' : `, order ${order}`}`;
}

/** A call ends after a while and says how far it came; that is noted, and then it is called again. */
async function replayToEnd(
  target: Target,
  request: ReplayRequest,
  notes: ReplayNotes,
): Promise<ReplayAnswer> {
  const progress = progressLine(process.stderr, () => performance.now());
  const reasons: Record<string, number> = {};
  const told: ReplayAnswer['told'] = [];
  let { goOn } = request;
  let read = 0;
  try {
    for (;;) {
      const asked = goOn === undefined ? request : { ...request, goOn };
      if (!asked.dryRun) await notes.write(asked);
      const answer = await runOperation(target, replayRecords, asked, (text) => {
        progress.update(text);
      });
      for (const [reason, count] of Object.entries(answer.reasons))
        reasons[reason] = (reasons[reason] ?? 0) + count;
      told.push(...answer.told);
      read += answer.read;
      if (answer.end !== 'more') {
        if (answer.end === 'done') await notes.forget();
        return { ...answer, reasons, told, read };
      }
      const { applied, leftOut, failed } = answer.counts;
      progress.update(
        `${read} records read: ${applied} applied, ${leftOut} left out, ${failed} failed so far`,
      );
      ({ goOn } = answer);
    }
  } finally {
    progress.done();
  }
}
