/**
 * What a mapping may do, in a form of its own: it sees only what passes the ports, shares no code with the emulator,
 * and writes down every breach. Its rules are those of the conformance table's "one batch, step by step".
 */

export interface ModelRecord {
  readonly partition: number;
  readonly offset: number;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly isFiltered: boolean;
  /** Fits no event. */
  readonly isOversize: boolean;
}

export interface ModelRules {
  readonly slots: number;
  readonly batchSize: number;
  readonly retries: number | 'unlimited';
  readonly maximumAgeMs: number | 'unlimited';
  readonly bisects: boolean;
  readonly bisectUsesRetries: boolean;
  readonly bisectsPartial: boolean;
  readonly rewinds: boolean;
  /** Whether filtered records are committed without waiting for a batch behind them. */
  readonly commitWhenAllFiltered: boolean;
  /** Whether a partition waits while records of it are tried again, or only while they are tried for the first time. */
  readonly holdPartition: boolean;
}

/** How a call ended; `listed` are places in the event. */
export type ModelAnswer =
  | { readonly kind: 'success' }
  | { readonly kind: 'failure' }
  | { readonly kind: 'listed'; readonly listed: readonly number[] }
  | { readonly kind: 'notReached' };

/** Records that go through the same calls. */
interface Group {
  readonly records: readonly ModelRecord[];
  readonly attempts: number;
  /** Tries in a row without a result. */
  readonly tries: number;
  /** Before that time it is not tried again. */
  readonly notBefore: number;
}

/** One batch from its first call to its end. */
interface Run {
  /** The member's tenure of each partition when the batch was taken. */
  readonly tenures: ReadonlyMap<number, number>;
  waiting: Group[];
  /** Out of retries, and to be given up next. */
  exhausted: readonly ModelRecord[];
  /** Whether a try has failed, so that records are tried again. */
  isRetried: boolean;
}

/** A call on its way; the model's own handle. */
export interface ModelCall {
  readonly member: string;
  readonly group: Group;
  readonly run: Run;
}

interface Member {
  memberId: string;
  /** A partition's tenure lasts from the rebalance that gives it to the member to the one that takes it away. */
  readonly tenures: Map<number, number>;
  readonly runs: Set<Run>;
  readonly calls: Set<ModelCall>;
  isStopping: boolean;
}

export class ReferenceModel {
  readonly breaches: string[] = [];
  readonly #rules: ModelRules;
  readonly #now: () => number;
  readonly #logs: readonly ModelRecord[][];
  readonly #committed: number[];
  readonly #delivered = new Set<ModelRecord>();
  readonly #resolved = new Set<ModelRecord>();
  readonly #members = new Map<string, Member>();
  #tenures = 0;

  constructor(partitionCount: number, rules: ModelRules, now: () => number) {
    this.#rules = rules;
    this.#now = now;
    this.#logs = Array.from({ length: partitionCount }, () => []);
    this.#committed = this.#logs.map(() => 0);
  }

  produced(record: ModelRecord): void {
    this.#logs[record.partition]?.push(record);
  }

  /** A member keeps the tenure of a partition as long as it keeps its id and the partition. */
  assigned(name: string, memberId: string, partitions: readonly number[]): void {
    const member = this.#member(name);
    const isSame = member.memberId === memberId;
    const kept = new Map(
      [...member.tenures].filter(([partition]) => isSame && partitions.includes(partition)),
    );
    member.memberId = memberId;
    member.tenures.clear();
    for (const partition of partitions) {
      member.tenures.set(partition, kept.get(partition) ?? (this.#tenures += 1));
    }
  }

  stopping(name: string): void {
    this.#member(name).isStopping = true;
  }

  /** @param isCurrent - whether the member knows of the group's latest generation. */
  called(name: string, coordinates: readonly (readonly [number, number])[], isCurrent: boolean): ModelCall {
    const member = this.#member(name);
    const records = coordinates.map(([partition, offset]) => this.#find(partition, offset));
    this.#checkCall(member, records);
    const call = this.#begin(name, member, records, isCurrent);
    for (const record of records) this.#checkOrder(record);
    member.calls.add(call);
    this.#check(member.calls.size <= this.#rules.slots, `${name} has ${member.calls.size} calls open`);
    return call;
  }

  answered(call: ModelCall, answer: ModelAnswer): void {
    this.#member(call.member).calls.delete(call);
    const { run, group } = call;
    const tried = { ...group, tries: group.tries + 1 };
    if (answer.kind === 'success') this.#resolve(group.records);
    else if (answer.kind === 'notReached') tryAgain(run, this.#later(tried));
    else if (answer.kind === 'failure') this.#failed(run, tried, this.#rules.bisects);
    else this.#listed(run, tried, answer.listed);
  }

  discarded(name: string, condition: string, coordinates: readonly (readonly [number, number])[]): void {
    const member = this.#member(name);
    const records = coordinates.map(([partition, offset]) => this.#find(partition, offset));
    const run = runOf(member, records);
    for (const record of records) {
      this.#check(member.tenures.has(record.partition), `${name} gave up ${id(record)}, which it lost`);
    }
    if (condition === 'RetryAttemptsExhausted') {
      const due = run === undefined ? [] : owned(member, run, run.exhausted);
      this.#check(
        ids(due) === ids(records),
        `gave up ${ids(records)} as out of retries; due are ${ids(due)}`,
      );
      if (run !== undefined) run.exhausted = [];
      return;
    }
    const isDue = condition === 'RecordAgeExceeded' ? this.#isTooOld : isOversize;
    for (const record of records) {
      this.#check(isDue(record), `gave up ${id(record)} as ${condition}, which it is not`);
    }
    if (run !== undefined) {
      run.waiting = run.waiting.map((group) => without(group, records));
    }
  }

  /** The destination has answered, whatever it said. */
  givenUp(coordinates: readonly (readonly [number, number])[]): void {
    this.#resolve(coordinates.map(([partition, offset]) => this.#find(partition, offset)));
  }

  stored(name: string, isOwner: boolean, offsets: ReadonlyMap<number, number>): void {
    this.#check(isOwner, `${name} committed a partition of another member`);
    for (const [partition, offset] of offsets) {
      const log = this.#logs[partition] ?? [];
      const passed = log.filter((record) => record.offset < offset && !record.isFiltered);
      const unresolved = passed.filter((record) => !this.#resolved.has(record));
      this.#check(unresolved.length === 0, `commit ${partition}:${offset} passed ${ids(unresolved)}`);
      const before = this.#committed[partition] ?? 0;
      this.#check(offset >= before, `commit of partition ${partition} went back from ${before} to ${offset}`);
      const end = endOf(log);
      this.#check(offset <= end, `commit ${partition}:${offset} is beyond the end, ${end}`);
      this.#committed[partition] = offset;
    }
  }

  /** After everything was given the time and the answers it needs. */
  drained(): void {
    for (const [partition, log] of this.#logs.entries()) {
      const lost = log.filter((record) => !record.isFiltered && !this.#resolved.has(record));
      this.#check(lost.length === 0, `never handled: ${ids(lost)}`);
      const due = endOf(
        this.#rules.commitWhenAllFiltered ? log : log.filter(({ isFiltered }) => !isFiltered),
      );
      const { [partition]: committed = 0 } = this.#committed;
      this.#check(committed >= due, `partition ${partition} stands at ${committed} of ${due}`);
    }
  }

  #checkCall(member: Member, records: readonly ModelRecord[]): void {
    const { batchSize } = this.#rules;
    this.#check(!member.isStopping, 'called while stopping');
    this.#check(
      records.length > 0 && records.length <= batchSize,
      `a call of ${records.length} records, not 1 to ${batchSize}`,
    );
    this.#check(isInEventOrder(records), `a call out of order: ${ids(records)}`);
    for (const record of records) {
      this.#check(member.tenures.has(record.partition), `called with ${id(record)}, whose partition is lost`);
      this.#check(!record.isFiltered, `called with ${id(record)}, which is filtered out`);
      this.#check(!isOversize(record), `called with ${id(record)}, which fits no event`);
      this.#check(!this.#isTooOld(record), `called with ${id(record)}, which is too old`);
    }
    const open = new Set([...member.calls].flatMap(({ run, group }) => owned(member, run, group.records)));
    const twice = records.filter((record) => open.has(record));
    this.#check(twice.length === 0, `called with ${ids(twice)} while a call with them was open`);
  }

  #begin(name: string, member: Member, records: readonly ModelRecord[], isCurrent: boolean): ModelCall {
    const run = runOf(member, records);
    if (run === undefined) return this.#beginRun(name, member, records, isCurrent);
    this.#check(
      owned(member, run, run.exhausted).length === 0,
      `called before ${ids(run.exhausted)} was given up`,
    );
    run.waiting = run.waiting.filter(({ records: group }) => owned(member, run, group).length > 0);
    const next = run.waiting.shift();
    const due = next === undefined ? [] : owned(member, run, next.records);
    this.#check(ids(due) === ids(records), `called with ${ids(records)}; due are ${ids(due)}`);
    this.#check(
      this.#now() >= (next?.notBefore ?? 0),
      `called with ${ids(records)} before its backoff ended`,
    );
    return { member: name, run, group: { attempts: 0, tries: 0, notBefore: 0, ...next, records } };
  }

  #beginRun(name: string, member: Member, records: readonly ModelRecord[], isCurrent: boolean): ModelCall {
    const partitions = new Set(records.map(({ partition }) => partition));
    for (const run of member.runs) {
      const inFlight = [
        ...remaining(member, run),
        ...[...member.calls].flatMap((call) => (call.run === run ? call.group.records : [])),
      ];
      if (inFlight.length === 0) member.runs.delete(run);
      const left = inFlight.filter(
        ({ partition }) => partitions.has(partition) && this.#holds(member, run, partition),
      );
      this.#check(left.length === 0, `began ${ids(records)} while ${ids(left)} were not done with`);
    }
    const repeated = records.filter(({ partition, offset }) => offset < (this.#committed[partition] ?? 0));
    this.#check(!isCurrent || repeated.length === 0, `began before the committed offset: ${ids(repeated)}`);
    const run: Run = { tenures: new Map(member.tenures), waiting: [], exhausted: [], isRetried: false };
    member.runs.add(run);
    this.#check(member.runs.size <= this.#rules.slots, `${name} has ${member.runs.size} batches in flight`);
    return { member: name, run, group: { records, attempts: 0, tries: 0, notBefore: 0 } };
  }

  /** Whether newer records of the partition wait for the batch. A batch of a former tenure is waited for in any case. */
  #holds(member: Member, run: Run, partition: number): boolean {
    const isFormer = member.tenures.get(partition) !== run.tenures.get(partition);
    return this.#rules.holdPartition || isFormer || !run.isRetried;
  }

  /** The first delivery of a record comes after the first one of every record before it. */
  #checkOrder(record: ModelRecord): void {
    const earlier = (this.#logs[record.partition] ?? []).filter(
      (other) =>
        other.offset < record.offset &&
        !other.isFiltered &&
        !this.#delivered.has(other) &&
        !this.#resolved.has(other),
    );
    this.#check(earlier.length === 0, `${id(record)} came before ${ids(earlier)}`);
    this.#delivered.add(record);
  }

  #listed(run: Run, group: Group, places: readonly number[]): void {
    const { rewinds, bisects, bisectsPartial } = this.#rules;
    const listed = group.records.filter((_record, place) => places.includes(place));
    const again = rewinds
      ? group.records.filter((record) =>
          listed.some(({ partition, offset }) => partition === record.partition && offset <= record.offset),
        )
      : listed;
    this.#resolve(group.records.filter((record) => !again.includes(record)));
    this.#failed(run, { ...group, records: again }, bisects && bisectsPartial);
  }

  #failed(run: Run, group: Group, maySplit: boolean): void {
    const { bisectUsesRetries, retries } = this.#rules;
    const splits = maySplit && group.records.length > 1;
    const attempts = group.attempts + (splits && !bisectUsesRetries ? 0 : 1);
    if (retries !== 'unlimited' && attempts > retries) {
      run.exhausted = group.records;
    } else if (splits) {
      const half = Math.ceil(group.records.length / 2);
      const counted = { ...group, attempts, notBefore: 0 };
      tryAgain(
        run,
        { ...counted, records: group.records.slice(0, half) },
        { ...counted, records: group.records.slice(half) },
      );
    } else {
      tryAgain(run, this.#later({ ...group, attempts }));
    }
  }

  /** Half of the bound that doubles from 100 ms to 30 s: the world's chance is always one half. */
  #later(group: Group): Group {
    return { ...group, notBefore: this.#now() + Math.min(30_000, 100 * 2 ** (group.tries - 1)) / 2 };
  }

  readonly #isTooOld = ({ timestamp }: ModelRecord): boolean => {
    const { maximumAgeMs } = this.#rules;
    return maximumAgeMs !== 'unlimited' && this.#now() - timestamp > maximumAgeMs;
  };

  #resolve(records: readonly ModelRecord[]): void {
    for (const record of records) this.#resolved.add(record);
  }

  #member(name: string): Member {
    const known = this.#members.get(name);
    if (known !== undefined) return known;
    const member: Member = {
      memberId: '',
      tenures: new Map(),
      runs: new Set(),
      calls: new Set(),
      isStopping: false,
    };
    this.#members.set(name, member);
    return member;
  }

  #find(partition: number, offset: number): ModelRecord {
    const record = this.#logs[partition]?.find((candidate) => candidate.offset === offset);
    if (record === undefined) throw new Error(`There is no record ${partition}:${offset}.`);
    return record;
  }

  #check(holds: boolean, breach: string): void {
    if (!holds) this.breaches.push(breach);
  }
}

/** The batch that records still belong to. */
function runOf(member: Member, [first]: readonly ModelRecord[]): Run | undefined {
  return [...member.runs].find((run) => first !== undefined && remaining(member, run).includes(first));
}

/** What the batch has still to do with, of partitions that were the member's all along; without the open call. */
function remaining(member: Member, run: Run): readonly ModelRecord[] {
  return owned(member, run, [...run.waiting.flatMap(({ records }) => records), ...run.exhausted]);
}

function owned(member: Member, { tenures }: Run, records: readonly ModelRecord[]): readonly ModelRecord[] {
  return records.filter(({ partition }) => member.tenures.get(partition) === tenures.get(partition));
}

function tryAgain(run: Run, ...groups: readonly Group[]): void {
  run.waiting.unshift(...groups);
  run.isRetried = true;
}

function without(group: Group, records: readonly ModelRecord[]): Group {
  return { ...group, records: group.records.filter((record) => !records.includes(record)) };
}

function isOversize(record: ModelRecord): boolean {
  return record.isOversize;
}

function isInEventOrder(records: readonly ModelRecord[]): boolean {
  return records.every((record, index) => {
    const before = records[index - 1];
    if (before === undefined || before.partition < record.partition) return true;
    return before.partition === record.partition && before.offset < record.offset;
  });
}

function endOf(log: readonly ModelRecord[]): number {
  return (log.at(-1)?.offset ?? -1) + 1;
}

function id({ partition, offset }: ModelRecord): string {
  return `${partition}:${offset}`;
}

function ids(records: readonly ModelRecord[]): string {
  return records.map(id).join(' ');
}
