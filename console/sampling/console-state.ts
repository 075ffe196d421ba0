import { Calls } from '../model/call-views.ts';
import { readCoordinatorLine, readMappingLine } from '../model/coordinator-log.ts';
import { GroupViews } from '../model/group-views.ts';
import { LagHistory } from '../model/lag-history.ts';
import { Timeline } from '../model/timeline.ts';
import type { Part, Revisions } from '../model/revisions.ts';
import type { Overview } from '../model/views.ts';
import type { ConsoleSources } from '../ports.ts';

/** All that viewers see, and whoever must hear that it changed. */
export class ConsoleState {
  readonly calls = new Calls();
  readonly history = new LagHistory();
  readonly timeline: Timeline;
  readonly #views: GroupViews;
  readonly #revisions: Record<Part, number> = { overview: 0, timeline: 0, calls: 0, experiments: 0 };
  readonly #listeners = new Set<() => void>();
  readonly #partitionCounts = new Set<number>();
  #overview: Overview;

  constructor(topic: string, { hasLog }: { readonly hasLog: boolean }) {
    this.#views = new GroupViews(topic);
    this.timeline = new Timeline({ hasLog });
    this.#overview = { at: 0, topic, partitions: [], groups: [] };
  }

  get overview(): Overview {
    return this.#overview;
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

  #note(lines: readonly string[], read: typeof readCoordinatorLine): void {
    const events = lines.flatMap((line) => read(line) ?? []);
    const changes = events.map((event) => this.timeline.note(event));
    if (changes.some(Boolean)) this.changed('timeline');
  }
}
