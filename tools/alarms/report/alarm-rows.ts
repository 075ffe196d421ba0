import type { Alarm, MetricAlarm } from '../../../local/alarms/alarm.ts';
import type { DeployedStage, DescribedAlarms } from '../deployed-stage.ts';
import { expressAlarms, EXPRESS_PREFIX } from '../express-cluster.ts';

/** What the page says of one alarm. */
export interface AlarmRow {
  /** Without what all alarms of the stage begin with, such as `time-lag`. */
  readonly name: string;
  readonly urgency: string;
  readonly meaning: string;
  readonly breach: string;
  readonly silence: string;
  readonly why: string;
  /** Path from the folder of the documents. */
  readonly runbook: string;
}

/** The alarms of one part of the stage. */
export interface AlarmGroup {
  readonly title: string;
  readonly rows: readonly AlarmRow[];
}

const COMPARISON = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '≥',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '≤',
} as const satisfies Record<MetricAlarm['comparison'], string>;

const SILENCE = {
  breaching: 'counts as bad',
  notBreaching: 'counts as good',
  ignore: 'keeps the state',
  missing: 'is reported',
} as const satisfies Record<MetricAlarm['missingData'], string>;

const DESCRIPTION = /^(Page|Ticket|Part of a page): (.*) Runbook: docs\/(runbooks\/[a-z-]+\.md)$/;

/**
 * Sorts the alarms of a stage for the page. The consumers have the same alarms, and so have the brokers: the first consumer and the
 * first broker stand for all.
 */
export function alarmGroups(stage: DeployedStage): readonly AlarmGroup[] {
  const [consumer, ...others] = stage.consumers.map(({ service }) => `${stage.namespace}-${service}-`);
  if (consumer === undefined) throw new Error('The templates have no consumer.');
  const prefix = `${stage.namespace}-`;
  const ofOthers = (name: string): boolean =>
    others.some((other) => name.startsWith(other)) || /-broker-(?!1-)\d+-/.test(name);
  const kept = stage.alarms.filter(({ name }) => !ofOthers(name));
  const cluster = `${prefix}cluster-`;
  const rows = (is: (alarm: Alarm) => boolean, begin: string): readonly AlarmRow[] =>
    kept.filter(is).map((alarm) => rowOf(alarm, begin, stage));
  const isService = ({ name }: Alarm): boolean => !name.startsWith(consumer) && !name.startsWith(cluster);
  return [
    { title: 'Each consumer', rows: rows(({ name }) => name.startsWith(consumer), consumer) },
    { title: 'The service', rows: rows(isService, prefix) },
    { title: 'The cluster', rows: rows(({ name }) => name.startsWith(cluster), cluster) },
    { title: 'A cluster with Express brokers', rows: expressRows(kept, cluster) },
  ];
}

/** Those that a cluster with standard brokers does not have. */
function expressRows(standard: readonly Alarm[], cluster: string): readonly AlarmRow[] {
  const express = expressAlarms();
  const shared = new Set(standard.map(({ name }) => name.slice(cluster.length)));
  return express.alarms
    .filter(({ name }) => !shared.has(name.slice(EXPRESS_PREFIX.length)))
    .map((alarm) => rowOf(alarm, EXPRESS_PREFIX, express));
}

function rowOf(
  alarm: Alarm,
  begin: string,
  { descriptions, reasons }: Pick<DescribedAlarms, 'descriptions' | 'reasons'>,
): AlarmRow {
  const [, urgency, meaning, runbook] = DESCRIPTION.exec(descriptions.get(alarm.name) ?? '') ?? [];
  const why = reasons.get(alarm.name);
  if (urgency === undefined || meaning === undefined || runbook === undefined || why === undefined) {
    throw new Error(`The alarm ${alarm.name} does not say what it means, what to do, or why its threshold.`);
  }
  return {
    name: alarm.name.slice(begin.length).replace('broker-1-', 'broker-<id>-'),
    urgency,
    meaning,
    runbook,
    why,
    ...(alarm.kind === 'metric'
      ? { breach: breachOf(alarm), silence: SILENCE[alarm.missingData] }
      : { breach: ruleOf(alarm.rule, begin), silence: '' }),
  };
}

function breachOf(alarm: MetricAlarm): string {
  const { comparison, threshold, datapointsToAlarm, evaluationPeriods, periodSeconds } = alarm;
  const limit = `${COMPARISON[comparison]} ${Number(threshold.toPrecision(6)).toLocaleString('en-US', { maximumFractionDigits: 6 })}`;
  const length = durationOf(periodSeconds);
  return evaluationPeriods === 1
    ? `${limit} in ${length}`
    : `${limit} in ${datapointsToAlarm} of ${evaluationPeriods} × ${length}`;
}

function durationOf(seconds: number): string {
  return seconds % 3_600 === 0 ? `${seconds / 3_600} h` : `${seconds / 60} min`;
}

/** The parts of a composite alarm; consumers and their parts are too many to name. */
function ruleOf(rule: string, begin: string): string {
  const parts = [...rule.matchAll(/ALARM\("?(?:[^")]+:)?([^":)]+)"?\)/g)].map(([, name = '']) =>
    name.slice(begin.length),
  );
  return rule.includes(' AND ') ? parts.join(' and ') : 'a part of a page of a consumer, or sampler-silent';
}
