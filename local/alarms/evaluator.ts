import type { Alarm, AlarmState, CompositeAlarm, MetricAlarm } from './alarm.ts';
import { alarmsIn, ruleHolds } from './composite/evaluate-rule.ts';
import { parseRule } from './composite/parse-rule.ts';
import { suppressedBy, type StateSince, type SuppressedBy } from './composite/suppression.ts';
import { describeJudgement } from './describe-judgement.ts';
import { judgePoints, type Point } from './judge-points.ts';
import { readPoints, type ReadSamples } from './read-points.ts';
import { evaluatedUpTo } from './schedule.ts';

/** What AWS's documents leave open. */
export interface EvaluatorOptions {
  /** Periods that are read beyond N. AWS does not publish the number. */
  readonly extraPeriods: number;
  readonly fillsEmptySeries: boolean;
}

/** What the examples of AWS's guide read: five periods for N = 3. */
export const documentedOptions: EvaluatorOptions = { extraPeriods: 2, fillsEmptySeries: true };

/** An alarm as it is after an evaluation. */
export interface AlarmReport extends StateSince {
  readonly alarm: string;
  /** Says what decided. */
  readonly reason: string;
  /** The points of the evaluation range, oldest first; empty for a composite alarm. */
  readonly points: readonly Point[];
  /** What keeps a composite alarm's actions back. */
  readonly suppressedBy?: SuppressedBy;
}

/** A change of state in one evaluation. */
export interface Transition extends AlarmReport {
  readonly previous: AlarmState;
}

export interface Evaluated {
  readonly reports: readonly AlarmReport[];
  readonly transitions: readonly Transition[];
  /** The alarms whose actions for their state are due now. */
  readonly actions: readonly AlarmReport[];
}

interface Memory extends StateSince {
  readonly wasAlarm: boolean;
  readonly reason: string;
  readonly points: readonly Point[];
  /** The state whose actions were carried out last. */
  readonly told: AlarmState;
}

/**
 * Evaluates alarms as CloudWatch does, a minute at a time. A new alarm begins with INSUFFICIENT_DATA.
 *
 * @throws {Error} when a rule or an expression cannot be read, or composite alarms read each other in a circle.
 */
export class AlarmEvaluator {
  readonly #metricAlarms: readonly MetricAlarm[];
  readonly #composites: readonly CompositeAlarm[];
  readonly #options: EvaluatorOptions;
  readonly #memory = new Map<string, Memory>();

  constructor(alarms: readonly Alarm[], options: EvaluatorOptions = documentedOptions) {
    this.#metricAlarms = alarms.filter((alarm) => alarm.kind === 'metric');
    this.#composites = inOrder(alarms.filter((alarm) => alarm.kind === 'composite'));
    this.#options = options;
    for (const { name } of alarms) this.#memory.set(name, NEW);
  }

  /** Evaluates every alarm that is due at `now`, in epoch milliseconds. */
  evaluate(read: ReadSamples, now: number): Evaluated {
    const before = new Map(this.#memory);
    for (const alarm of this.#metricAlarms) this.#judge(alarm, read, now);
    for (const alarm of this.#composites) this.#decide(alarm, now);
    const reports = [...this.#metricAlarms, ...this.#composites].map((alarm) => this.#report(alarm, now));
    const actions = reports.filter((report) => this.#isDue(report));
    for (const { alarm, state } of actions) this.#memory.set(alarm, { ...this.#of(alarm), told: state });
    return {
      reports,
      transitions: reports.flatMap((report) => {
        const previous = before.get(report.alarm)?.state ?? NEW.state;
        return previous === report.state ? [] : [{ ...report, previous }];
      }),
      actions,
    };
  }

  #judge(alarm: MetricAlarm, read: ReadSamples, now: number): void {
    const end = evaluatedUpTo(alarm, now);
    if (end === undefined) return;
    const { extraPeriods, fillsEmptySeries } = this.#options;
    const periods = alarm.evaluationPeriods + extraPeriods;
    const points = readPoints(alarm, read, { end, periods, fillsEmptySeries });
    const judgement = judgePoints(points, alarm);
    const state = judgement === 'retain' ? this.#of(alarm.name).state : judgement;
    this.#enter(alarm.name, { state, reason: describeJudgement(alarm, points), points, now });
  }

  #decide({ name, rule }: CompositeAlarm, now: number): void {
    const parsed = parseRule(rule);
    const state = ruleHolds(parsed, (alarm) => this.#memory.get(alarm)?.state) ? 'ALARM' : 'OK';
    const burning = alarmsIn(parsed).filter((alarm) => this.#memory.get(alarm)?.state === 'ALARM');
    const reason =
      burning.length === 0 ? 'No alarm of its rule is in ALARM.' : `In ALARM: ${burning.join(', ')}.`;
    this.#enter(name, { state, reason, points: [], now });
  }

  #enter(
    alarm: string,
    { state, reason, points, now }: Pick<Memory, 'state' | 'reason' | 'points'> & { readonly now: number },
  ): void {
    const memory = this.#of(alarm);
    const isNew = memory.state !== state;
    this.#memory.set(alarm, {
      state,
      reason,
      points,
      told: memory.told,
      since: isNew ? now : memory.since,
      wasAlarm: isNew ? memory.state === 'ALARM' : memory.wasAlarm,
    });
  }

  #report(alarm: Alarm, now: number): AlarmReport {
    const { state, since, reason, points } = this.#of(alarm.name);
    const report = { alarm: alarm.name, state, since, reason, points };
    const by = alarm.kind === 'composite' ? this.#suppressed(alarm, now) : undefined;
    return by === undefined ? report : { ...report, suppressedBy: by };
  }

  #suppressed({ name, suppressor }: CompositeAlarm, now: number): SuppressedBy | undefined {
    if (suppressor === undefined) return undefined;
    return suppressedBy(this.#of(name), this.#of(suppressor.alarm), suppressor, now);
  }

  #isDue({ alarm, state, suppressedBy: by }: AlarmReport): boolean {
    return by === undefined && this.#of(alarm).told !== state;
  }

  #of(alarm: string): Memory {
    return this.#memory.get(alarm) ?? NEW;
  }
}

const NEW: Memory = {
  state: 'INSUFFICIENT_DATA',
  since: Number.NEGATIVE_INFINITY,
  wasAlarm: false,
  reason: 'Not evaluated yet.',
  points: [],
  told: 'INSUFFICIENT_DATA',
};

/** Composite alarms, those first that others read. */
function inOrder(composites: readonly CompositeAlarm[]): readonly CompositeAlarm[] {
  const ordered: CompositeAlarm[] = [];
  const visit = (alarm: CompositeAlarm, path: readonly string[]): void => {
    if (ordered.includes(alarm)) return;
    if (path.includes(alarm.name)) {
      throw new Error(`Composite alarms read each other in a circle: ${[...path, alarm.name].join(' → ')}.`);
    }
    const read = alarmsIn(parseRule(alarm.rule));
    for (const other of composites) if (read.includes(other.name)) visit(other, [...path, alarm.name]);
    ordered.push(alarm);
  };
  for (const alarm of composites) visit(alarm, []);
  return ordered;
}
