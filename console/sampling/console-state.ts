import type { GroupReport } from '@order-events/kafka-tools';
import { Calls } from '../model/call-views.ts';
import { readCoordinatorLine, readMappingLine } from '../model/coordinator-log.ts';
import { GroupViews } from '../model/group-views.ts';
import { LagHistory } from '../model/lag-history.ts';
import { Timeline } from '../model/timeline.ts';
import type { Part, Revisions } from '../model/revisions.ts';
import type { Overview } from '../model/views.ts';
import type { AlarmsView, FindingView } from '../model/watch-views.ts';
import type { ConsoleSources } from '../ports.ts';

/** Everything that viewers see, and the listeners for its changes. */
export class ConsoleState {
  readonly calls = new Calls();
  readonly history = new LagHistory();
  readonly timeline: Timeline;
  readonly #views: GroupViews;
  readonly #revisions: Record<Part, number> = {
    overview: 0,
    timeline: 0,
    calls: 0,
    experiments: 0,
    failures: 0,
    alarms: 0,
    findings: 0,
  };
  readonly #listeners = new Set<() => void>();
  readonly #partitionCounts = new Set<number>();
  #overview: Overview;
  #groups: readonly GroupReport[] = [];
  #alarms: AlarmsView = { alarms: [], changes: [] };
  #findings: readonly FindingView[] = [];
  #viewers = 0;

  constructor(topic: string, { hasLog }: { readonly hasLog: boolean }) {
    this.#views = new GroupViews(topic);
    this.timeline = new Timeline({ hasLog });
    this.#overview = { at: 0, topic, partitions: [], groups: [] };
  }

  get overview(): Overview {
    return this.#overview;
  }

  get alarms(): AlarmsView {
    return this.#alarms;
  }

  get findings(): readonly FindingView[] {
    return this.#findings;
  }

  /** Pages that are in sight. */
  get viewers(): number {
    return this.#viewers;
  }

  /** Counts a viewer. @returns what ends it. */
  watch(): () => void {
    this.#viewers += 1;
    return () => {
      this.#viewers -= 1;
    };
  }

  /** How many partitions the topic has had since the console started, each number once. */
  get partitionCounts(): readonly number[] {
    return [...this.#partitionCounts];
  }

  get revisions(): Revisions {
    return { ...this.#revisions };
  }

  /** @returns what ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  changed(part: Part): void {
    this.#revisions[part] += 1;
    for (const listener of this.#listeners) listener();
  }

  /** Asks the brokers and the environment once, for all viewers. */
  async sample(sources: ConsoleSources, now: () => number): Promise<void> {
    const at = now();
    try {
      const [groups, mappings] = await Promise.all([sources.groups(), sources.mappings()]);
      this.#groups = groups;
      this.#overview = this.#views.take({ at, groups, mappings });
      const { partitions } = this.#overview;
      if (partitions.length > 0) this.#partitionCounts.add(partitions.length);
    } catch (error) {
      this.#overview = this.#views.fail(at, error instanceof Error ? error.message : String(error));
    }
    this.history.take(this.#overview);
    if (this.timeline.observe(this.#overview)) this.changed('timeline');
    this.changed('overview');
  }

  /** Takes in lines of the broker's log. */
  noteBrokerLines(lines: readonly string[]): void {
    this.#note(lines, readCoordinatorLine);
  }

  /** Takes in lines of the log of the event source mappings. */
  noteMappingLines(lines: readonly string[]): void {
    this.#note(lines, readMappingLine);
  }

  async readCalls(sources: ConsoleSources): Promise<void> {
    const answer = await sources.callsSince(this.calls.revision);
    if (this.calls.take(answer)) this.changed('calls');
  }

  /** Asks for the alarms once, for all viewers. */
  async readAlarms(sources: Pick<ConsoleSources, 'alarms'>): Promise<void> {
    let now: AlarmsView;
    try {
      now = await sources.alarms();
    } catch (error) {
      const { alarms, changes } = this.#alarms;
      now = { alarms, changes, problem: error instanceof Error ? error.message : String(error) };
    }
    if (isSame(this.#alarms, now)) return;
    this.#alarms = now;
    this.changed('alarms');
  }

  /** Lets the doctor look at the groups of the last sample. What it cannot look at, it does not find. */
  async readFindings(sources: Pick<ConsoleSources, 'findings'>): Promise<void> {
    const now = await sources.findings(this.#groups);
    if (isSame(this.#findings, now)) return;
    this.#findings = now;
    this.changed('findings');
  }

  #note(lines: readonly string[], read: typeof readCoordinatorLine): void {
    const events = lines.flatMap((line) => read(line) ?? []);
    const changes = events.map((event) => this.timeline.note(event));
    if (changes.some(Boolean)) this.changed('timeline');
  }
}

/** Compares what is plain JSON. */
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
