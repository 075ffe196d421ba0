import { Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { isRecord, listAt, textAt } from '../../lib/guards/json-access.ts';
import type { Finding, Judge } from './judge.ts';

/** A rule that a construct breaks, with the reason. */
export interface Acknowledgement {
  readonly rule: string;
  readonly reason: string;
  /** Construct path. */
  readonly where: string;
}

export interface Acknowledgements {
  /** The reason in the source. */
  readonly given: readonly Acknowledgement[];
  /** The suppressed finding of a judge. */
  readonly used: readonly Acknowledgement[];
}

export const acknowledgementsFile = 'acknowledgements.json';

/** The maximum number of exceptions. Nobody reads a longer list. */
const most = 17;

/** Lists all acknowledgements of an app's constructs. */
export function acknowledgedIn(root: IConstruct): readonly Acknowledgement[] {
  return root.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => (isRecord(data) ? Object.entries(data) : []))
      .map(([rule, reason]) => ({ rule, reason: String(reason), where: node.path }))
      .filter(isOurs),
  );
}

/** Lists the findings of a validation report that an acknowledgement suppressed. */
export function acknowledgedBy(report: unknown): readonly Acknowledgement[] {
  return listAt(report, 'pluginReports')
    .flatMap((plugin) => listAt(plugin, 'suppressedViolations'))
    .map((violation) => ({
      rule: textAt(violation, 'acknowledgedId') ?? '',
      reason: textAt(violation, 'reason') ?? '',
      where: textAt(violation, 'acknowledgedAt') ?? '',
    }))
    .filter(isOurs);
}

/** Skips the CDK's own acknowledgements, which it adds to generated resources. */
function isOurs({ rule }: Acknowledgement): boolean {
  return !rule.startsWith('CloudFormation-Validate::') && !rule.startsWith('Annotation::');
}

/** Rule and reason, each pair once, in order. */
export function distinctPairs(
  acknowledgements: readonly Acknowledgement[],
): readonly Pick<Acknowledgement, 'rule' | 'reason'>[] {
  const pairs = new Map(acknowledgements.map(({ rule, reason }) => [`${rule}\n${reason}`, { rule, reason }]));
  return [...pairs.values()].toSorted((one, other) => one.rule.localeCompare(other.rule));
}

export function acknowledgementJudge(ours: Promise<Acknowledgements>): Judge {
  const one = { rule: 'pack::rule', reason: 'It is the last queue.', where: 'stack/Queue' };
  const many = Array.from({ length: most + 1 }, (_unused, index) => ({ ...one, rule: `pack::${index}` }));
  return {
    name: 'acknowledgements',
    examine: async () => judgeAcknowledgements(await ours),
    canaries: [
      { fault: `${most + 1} exceptions`, rule: 'too-many', examine: canary({ given: many, used: many }) },
      { fault: 'an exception nobody needs', rule: 'unused', examine: canary({ given: [one], used: [] }) },
      {
        fault: 'an exception without a reason',
        rule: 'no-reason',
        examine: canary({ given: [{ ...one, reason: ' ' }], used: [{ ...one, reason: ' ' }] }),
      },
    ],
  };
}

function canary(acknowledgements: Acknowledgements): Judge['examine'] {
  return () => Promise.resolve(judgeAcknowledgements(acknowledgements));
}

function judgeAcknowledgements({ given, used }: Acknowledgements): readonly Finding[] {
  const pairs = distinctPairs(given);
  const places = new Set(used.map(({ rule, where }) => `${rule} ${where}`));
  return [
    ...(pairs.length > most
      ? [
          {
            rule: 'too-many',
            where: 'all stacks',
            problem: `${pairs.length} pairs of rule and reason are acknowledged; ${most} are allowed`,
            fix: 'Keep one of the rules instead of acknowledging it.',
          },
        ]
      : []),
    ...pairs
      .filter(({ reason }) => reason.trim() === '')
      .map(({ rule }) => ({
        rule: 'no-reason',
        where: rule,
        problem: 'It is acknowledged without a reason',
        fix: 'Write what makes the rule wrong in this place.',
      })),
    ...given
      .filter(({ rule, where }) => !places.has(`${rule} ${where}`))
      .map(({ rule, where }) => ({
        rule: 'unused',
        where,
        problem: `${rule} is acknowledged, but nothing there breaks it`,
        fix: 'Delete the acknowledgement.',
      })),
  ];
}
