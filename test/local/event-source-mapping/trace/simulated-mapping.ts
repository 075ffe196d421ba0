import { EventPoller } from '../../../../local/event-source-mapping/poller/event-poller.ts';
import { createCommitLeases } from '../../../../local/event-source-mapping/poller/commit-leases.ts';
import { createRunBatch } from '../../../../local/event-source-mapping/poller/run-batch.ts';
import type { DeliveryResult } from '../../../../local/event-source-mapping/poller/send-to-destination.ts';
import type { InvocationResult } from '../../../../local/event-source-mapping/retry/invocation-result.ts';
import type { PolledRecord } from '../../../../local/event-source-mapping/record/polled-record.ts';
import { toQueuedRecord } from '../../../../local/event-source-mapping/record/queued-record.ts';
import type { Discard } from '../../../../local/event-source-mapping/retry/retry-decision.ts';
import { aPolicy } from '../builders.ts';
import { type ModelAnswer, type ModelCall, type ModelRules, ReferenceModel } from './reference-model.ts';
import { type CommitFate, SimulatedGroup, SimulatedMember } from './simulated-group.ts';
import { VirtualTime } from './virtual-time.ts';

export const TOPIC = 'orders';
export const PARTITIONS = 3;

/** Bytes of an event in a mapping with small events: room for about four plain records. */
const SMALL_EVENT_BYTES = 800;
const FILTERED = Buffer.from('filtered');
const OVERSIZE = Buffer.alloc(SMALL_EVENT_BYTES);

export interface SimulatedSettings extends ModelRules {
  readonly windowMs: number;
  readonly readAhead: number;
  readonly hasSmallEvents: boolean;
}

/** What a function answers, and what that means by the rules. */
export interface GivenAnswer {
  readonly result: InvocationResult;
  readonly meaning: ModelAnswer;
}

/** A call that waits for its answer. */
interface OpenCall {
  readonly poller: SimulatedPoller;
  readonly coordinates: readonly Coordinates[];
  readonly answer: (given: GivenAnswer) => void;
}

interface OpenSend {
  readonly poller: SimulatedPoller;
  readonly answer: (result: DeliveryResult) => void;
}

type Coordinates = readonly [partition: number, offset: number];

/** A real event poller on a simulated client. */
export interface SimulatedPoller {
  readonly member: SimulatedMember;
  readonly poller: EventPoller;
  isDead: boolean;
  isStopping: boolean;
}

export interface NewRecord {
  readonly partition: number;
  readonly nature: 'plain' | 'filtered' | 'oversize';
  /** How long ago its producer stamped it. */
  readonly ageMs: number;
  /** Offsets that a transaction marker or compaction left out before it. */
  readonly gap: number;
}

/** A mapping whose group, function, destination and time are simulated; the pollers are the real ones. */
export class SimulatedMapping {
  readonly time = new VirtualTime();
  readonly model: ReferenceModel;
  readonly group: SimulatedGroup;
  readonly settings: SimulatedSettings;
  calls: OpenCall[] = [];
  sends: OpenSend[] = [];
  readonly #all: SimulatedPoller[] = [];

  constructor(settings: SimulatedSettings) {
    this.settings = settings;
    this.model = new ReferenceModel(PARTITIONS, settings, () => this.time.now);
    this.group = new SimulatedGroup(PARTITIONS, this.model);
  }

  /** Pollers that run, those that are stopping among them. */
  get pollers(): readonly SimulatedPoller[] {
    return this.#all.filter(({ isDead }) => !isDead);
  }

  /** Each poller's first commit request on its way: a connection keeps their order. */
  get commits(): readonly ((fate: CommitFate) => void)[] {
    return this.pollers.flatMap(({ member }) => [...member.commits].slice(0, 1));
  }

  /** Whether every record is committed. */
  get isDone(): boolean {
    const { logs, committed } = this.group;
    return logs.every((log, partition) => (log.at(-1)?.offset ?? -1) + 1 === committed[partition]);
  }

  produce({ partition, nature, ageMs, gap }: NewRecord): void {
    const log = this.group.logs[partition];
    const record: PolledRecord = {
      topic: TOPIC,
      partition,
      offset: (log?.at(-1)?.offset ?? -1) + 1 + gap,
      timestamp: this.time.now - ageMs,
      timestampType: 'CREATE_TIME',
      key: null,
      value: nature === 'plain' ? null : nature === 'filtered' ? FILTERED : OVERSIZE,
      headers: [],
    };
    log?.push(record);
    this.model.produced({
      ...record,
      isFiltered: nature === 'filtered',
      isOversize: nature === 'oversize' && this.settings.hasSmallEvents,
    });
  }

  async join(shift: number): Promise<void> {
    const member = new SimulatedMember(`poller-${this.#all.length + 1}`, this.group);
    const simulated: SimulatedPoller = {
      member,
      poller: this.#connect(member, () => simulated),
      isDead: false,
      isStopping: false,
    };
    this.#all.push(simulated);
    simulated.poller.start();
    this.group.join(member, shift);
  }

  /** The process ends at once; nothing of what it began is heard of again. */
  kill(simulated: SimulatedPoller, shift: number): void {
    simulated.isDead = true;
    this.calls = this.calls.filter(({ poller }) => poller !== simulated);
    this.sends = this.sends.filter(({ poller }) => poller !== simulated);
    this.group.leave(simulated.member, shift);
  }

  /** Resolves when the process has ended by itself. */
  async stop(simulated: SimulatedPoller): Promise<void> {
    if (simulated.isStopping) return;
    simulated.isStopping = true;
    this.model.stopping(simulated.member.name);
    await simulated.poller.stop();
    simulated.isDead = true;
  }

  /** The client's next heartbeat: it hears of the group's decision, or that it must join again. */
  heartbeat({ member, isStopping }: SimulatedPoller): void {
    if (this.group.members.includes(member)) member.learn();
    else if (!isStopping) this.group.join(member, 0);
  }

  #connect(member: SimulatedMember, self: () => SimulatedPoller): EventPoller {
    const { settings, time } = this;
    const origin = { eventSourceArn: null, bootstrapServers: ['b:9092'] };
    const maximumPayloadBytes = settings.hasSmallEvents ? SMALL_EVENT_BYTES : 6_291_456;
    const delay = (ms: number, signal: AbortSignal): Promise<void> => time.delay(ms, signal);
    const now = (): number => time.now;
    const commitLeases = createCommitLeases({
      consumer: member,
      emit: ignore,
      delay,
      interval: () => Promise.resolve(),
    });
    const runBatch = createRunBatch(
      {
        origin,
        retryPolicy: aPolicy({
          maximumRetries: settings.retries,
          maximumRecordAgeMs: settings.maximumAgeMs,
          maximumPayloadBytes,
          bisectBatchOnFunctionError: settings.bisects,
          partialRetryScope: settings.rewinds ? 'rewind' : 'records',
          bisectUsesRetries: settings.bisectUsesRetries,
          bisectOnPartialResponse: settings.bisectsPartial,
        }),
        responsePolicy: { reportBatchItemFailures: true, stringOffsets: 'reject' },
      },
      {
        commitLeases,
        invoke: (event) => this.#invoke(self(), event),
        sendToDestination: (discard) => this.#send(self(), discard),
        emit: ignore,
        now,
        random: () => 0.5,
        delay,
      },
    );
    return new EventPoller(
      {
        topic: TOPIC,
        origin,
        limits: { batchSize: settings.batchSize, windowMs: settings.windowMs, maximumPayloadBytes },
        readAhead: { records: settings.readAhead, bytes: 1_000_000 },
        commitWhenAllFiltered: settings.commitWhenAllFiltered,
        holdPartition: settings.holdPartition,
        slots: settings.slots,
      },
      {
        consumer: member,
        runBatch,
        commitLeases,
        passesFilters: ({ value }) => value !== FILTERED,
        toQueuedRecord: (record) => toQueuedRecord(record, 'omit'),
        emit: ignore,
        now,
        schedule: (callback, delayMs) => time.schedule(callback, delayMs),
      },
    );
  }

  #invoke(poller: SimulatedPoller, event: string): Promise<InvocationResult> {
    const { promise, resolve } = Promise.withResolvers<InvocationResult>();
    if (poller.isDead) return promise;
    const { records } = JSON.parse(event) as {
      records: Record<string, { partition: number; offset: number }[]>;
    };
    const coordinates = Object.values(records)
      .flat()
      .map(({ partition, offset }): Coordinates => [partition, offset]);
    const isCurrent = poller.member.pending === undefined && this.group.members.includes(poller.member);
    const call: ModelCall = this.model.called(poller.member.name, coordinates, isCurrent);
    const open: OpenCall = {
      poller,
      coordinates,
      answer: ({ result, meaning }) => {
        this.calls = this.calls.filter((other) => other !== open);
        this.model.answered(call, meaning);
        resolve(result);
      },
    };
    this.calls.push(open);
    return promise;
  }

  #send(poller: SimulatedPoller, { batch, condition }: Discard): Promise<DeliveryResult> {
    const { promise, resolve } = Promise.withResolvers<DeliveryResult>();
    if (poller.isDead) return promise;
    const coordinates = batch.records.map(({ partition, offset }): Coordinates => [partition, offset]);
    this.model.discarded(poller.member.name, condition, coordinates);
    const open: OpenSend = {
      poller,
      answer: (result) => {
        this.sends = this.sends.filter((other) => other !== open);
        this.model.givenUp(coordinates);
        resolve(result);
      },
    };
    this.sends.push(open);
    return promise;
  }
}

function ignore(): void {
  // What a poller tells its supervisor is not judged here.
}
