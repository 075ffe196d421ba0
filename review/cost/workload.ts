import { topology } from '../../lib/topology/topology.ts';

/** The facts about a stage that its templates do not contain, with its budget. */
export interface Workload {
  readonly ordersPerMonth: number;
  /** The budget of the infrastructure for a month with that many orders, without messages to customers. */
  readonly budgetDollars: number;
}

/** By stage. A stage that is not named here has no budget, and its review fails. */
export const workloads: Readonly<Record<string, Workload>> = {
  dev: { ordersPerMonth: 10_000, budgetDollars: 800 },
  prod: { ordersPerMonth: 5_000_000, budgetDollars: 1100 },
};

/** The load of one order; the same for every stage. */
export const orderProfile = {
  /** Records in an invocation, and its duration. */
  recordsPerInvocation: 100,
  secondsPerInvocation: 0.1,
  /** Log lines of one invocation: the handler's and those of the platform. */
  logBytesPerInvocation: 1500,
  /** The average size of its items in the tables, for as long as they are kept. */
  storedBytes: 1500,
  monthsStored: 12,
  emails: 1,
  sms: 1,
} as const;

/** Write units of one order, by consumer group. */
export const tableWrites: ReadonlyMap<string, number> = new Map(
  topology.consumers.map(({ consumerGroupId, writesPerOrder }) => [consumerGroupId, writesPerOrder]),
);

/** Charged metrics that no template contains, by their source. */
export const metricsPerSource = {
  // PolledEventCount and the others of EventCount, ErrorCount and KafkaMetrics, see
  // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
  mapping: 14,
  // functions/kafka/batch-report.ts
  consumerFunction: 11,
  // functions/sampler/group-metrics.ts, for each group
  sampledGroup: 8,
  // Each level holds those below it: https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html
  broker: 30,
  brokerPerTopic: 8,
  partitionPerGroup: 3,
} as const;
