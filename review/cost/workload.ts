import { topology } from '../../lib/topology/topology.ts';

/** What the templates cannot tell about a stage, with the budget that it must keep. */
export interface Workload {
  readonly ordersPerMonth: number;
  /** What the infrastructure may cost in a month with that many orders, without messages to customers. */
  readonly budgetDollars: number;
}

/** By stage. A stage that is not named here has no budget, and its review fails. */
export const workloads: Readonly<Record<string, Workload>> = {
  dev: { ordersPerMonth: 10_000, budgetDollars: 800 },
  prod: { ordersPerMonth: 5_000_000, budgetDollars: 1100 },
};

/** What one order causes; the same for every stage. */
export const orderProfile = {
  /** Records in an invocation, and how long it takes. */
  recordsPerInvocation: 100,
  secondsPerInvocation: 0.1,
  /** Log lines of one invocation: the handler's and those of the platform. */
  logBytesPerInvocation: 1500,
  /** What its items leave in the tables for as long as they are kept, on average. */
  storedBytes: 1500,
  monthsStored: 12,
  emails: 1,
  sms: 1,
} as const;

/** Write units of one order, by consumer group. */
export const tableWrites: ReadonlyMap<string, number> = new Map(
  topology.consumers.map(({ consumerGroupId, writesPerOrder }) => [consumerGroupId, writesPerOrder]),
);

/** Charged metrics that no template shows, by who makes them. */
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
