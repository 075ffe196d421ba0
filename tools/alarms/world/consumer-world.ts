import { groupMetrics, knownMetrics } from '../../../functions/sampler/group-metrics.ts';
import type { GroupReading } from '../../../functions/sampler/reading.ts';
import type { ConsumerNames, DeployedStage } from '../deployed-stage.ts';
import type { Conditions } from './conditions.ts';
import type { MetricStore } from './metric-store.ts';
import { Partition } from './partition.ts';

const PARTITIONS = 12;
const OBJECTIVE_MS = 60_000;
/** Pollers report several times in a minute. */
const REPORTS_A_MINUTE = 4;

/** A consumer with its mapping, its function and its queue, that publishes its metrics by the rules of AWS. */
export class ConsumerWorld {
  readonly partitions: readonly Partition[] = Array.from({ length: PARTITIONS }, () => new Partition());
  readonly #stage: Pick<DeployedStage, 'clusterName' | 'namespace' | 'retentionHours'>;
  readonly #names: ConsumerNames;
  readonly #store: MetricStore;
  #deadLetters = 0;
  #before: GroupReading | undefined;

  constructor(
    stage: Pick<DeployedStage, 'clusterName' | 'namespace' | 'retentionHours'>,
    names: ConsumerNames,
    store: MetricStore,
  ) {
    this.#stage = stage;
    this.#names = names;
    this.#store = store;
  }

  /** Lets one minute pass that ends at `end`, in epoch milliseconds, and publishes what AWS would in it. */
  pass(conditions: Conditions, end: number): void {
    for (const [index, partition] of this.partitions.entries()) {
      partition.write(shareOf(conditions.arrivals, index), end - 30_000);
    }
    const lots = conditions.polls ? this.#handle(conditions, end) : [];
    const at = end - 1_000;
    this.#publishGroup(conditions, lots, at);
    if (conditions.polls) this.#publishMapping(conditions, lots, at);
    this.#publishFunction(conditions, lots, at);
    this.#publishQueue(conditions, at);
    this.#publishSamples(conditions, at);
  }

  #handle({ capacity, stuck }: Conditions, now: number): readonly Lot[] {
    return this.partitions.flatMap((partition, index) =>
      stuck.includes(index) ? [] : partition.commit(shareOf(capacity, index), now - 29_000),
    );
  }

  #publishGroup(
    { groupState, lagPublished, reportedLag }: Conditions,
    lots: readonly Lot[],
    at: number,
  ): void {
    const committed = this.partitions.some((partition) => partition.committed !== undefined);
    if (groupState === 'PreparingRebalance' || !lagPublished || !committed) return;
    const lag = reportedLag ?? this.#reportedLag();
    const dimensions = {
      'Cluster Name': this.#stage.clusterName,
      'Consumer Group': this.#names.group,
      Topic: this.#names.topic,
    };
    const put = (name: string, value: number): void =>
      this.#store.put({ namespace: 'AWS/Kafka', name, dimensions }, at, value);
    put('MaxOffsetLag', lag);
    put('SumOffsetLag', lag);
    const pace = total(lots) / 60;
    if (lag === 0) put('EstimatedMaxTimeLag', 0);
    else if (pace > 0) put('EstimatedMaxTimeLag', (lag * PARTITIONS) / pace);
  }

  /** The worst partition, records that retention has deleted included. */
  #reportedLag(): number {
    return Math.max(
      ...this.partitions.map(({ committed, end }) => (committed === undefined ? 0 : end - committed)),
    );
  }

  #publishMapping(conditions: Conditions, lots: readonly Lot[], at: number): void {
    const put = (name: string, value: number): void =>
      this.#store.put(
        { namespace: 'AWS/Lambda', name, dimensions: { EventSourceMappingUUID: this.#names.mappingId } },
        at,
        value,
      );
    for (let report = 0; report < REPORTS_A_MINUTE; report += 1) {
      put('PolledEventCount', total(lots) / REPORTS_A_MINUTE);
    }
    put('CommittedEventCount', total(lots));
    put('MaxOffsetLag', conditions.reportedLag ?? this.#reportedLag());
    if (conditions.recordsDropped > 0) put('DroppedEventCount', conditions.recordsDropped);
    if (conditions.pollingErrors > 0) put('PollingErrorCount', conditions.pollingErrors);
  }

  /** Functions without invocations have no metrics. */
  #publishFunction(conditions: Conditions, lots: readonly Lot[], at: number): void {
    const ofFunction = (name: string, value: number): void =>
      this.#store.put(
        { namespace: 'AWS/Lambda', name, dimensions: { FunctionName: this.#names.functionName } },
        at,
        value,
      );
    if (conditions.deliveriesFailed > 0)
      ofFunction('DestinationDeliveryFailures', conditions.deliveriesFailed);
    if (lots.length === 0 && conditions.errors === 0) return;
    ofFunction('Errors', conditions.errors);
    ofFunction('Throttles', 0);
    ofFunction('Duration', 400);
    const own = (name: string, value: number): void =>
      this.#store.put(
        { namespace: this.#stage.namespace, name, dimensions: { service: this.#names.service } },
        at,
        value,
      );
    const late = lots.filter(({ ageMs }) => ageMs > OBJECTIVE_MS);
    own('RecordsProcessed', total(lots));
    own('RecordsDuplicate', 0);
    own('RecordsSkipped', 0);
    own('RecordsParked', 0);
    own('EffectsInTime', total(lots) - total(late));
    own('EffectsLate', total(late));
  }

  #publishQueue({ deadLettersSent }: Conditions, at: number): void {
    this.#deadLetters += deadLettersSent;
    const put = (name: string, value: number): void =>
      this.#store.put(
        { namespace: 'AWS/SQS', name, dimensions: { QueueName: this.#names.queueName } },
        at,
        value,
      );
    put('ApproximateNumberOfMessagesVisible', this.#deadLetters);
    put('NumberOfMessagesSent', deadLettersSent);
    put('ApproximateAgeOfOldestMessage', 0);
  }

  /** By the sampler's own code. */
  #publishSamples({ intruders }: Conditions, at: number): void {
    const now: GroupReading = {
      groupId: this.#names.group,
      complete: true,
      partitions: this.partitions.map((partition, index) => partition.reading(index)),
    };
    const oldest = this.partitions.flatMap(({ oldestAt }) => oldestAt ?? []);
    const metrics = groupMetrics({
      now,
      before: this.#before,
      oldestAgeSeconds: Math.max(0, ...oldest.map((written) => (at - written) / 1_000)),
      intruders,
      retentionHours: this.#stage.retentionHours,
    });
    this.#before = now;
    for (const [name, value] of knownMetrics(metrics)) {
      this.#store.put(
        {
          namespace: this.#stage.namespace,
          name,
          dimensions: {
            service: 'sampler',
            ConsumerGroup: this.#names.group,
          },
        },
        at,
        value,
      );
    }
  }
}

interface Lot {
  readonly count: number;
  readonly ageMs: number;
}

function total(lots: readonly Lot[]): number {
  return lots.reduce((sum, { count }) => sum + count, 0);
}

/** What one partition gets of a number for all. */
function shareOf(all: number, index: number): number {
  return Math.floor((all + index) / PARTITIONS);
}
