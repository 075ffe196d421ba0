/** Everything that differs between two stages. */
export interface StageConfig {
  readonly stage: StageName;
  /**
   * The account that the stage may be deployed to, of 12 digits; whatever account the credentials are of when undefined
   * or an example.
   */
  readonly account: string | undefined;
  /** One of `regions.ts`. */
  readonly region: string;
  /**
   * Three availability zones of the region, named so that synthesis looks nothing up: all by their ids (`use1-az1`),
   * which mean the same in every account, or all by the letters of the stage's account (`us-east-1a`).
   */
  readonly zones: readonly [string, string, string];
  /** Whether stacks that hold data refuse to be deleted, until somebody takes their protection away. */
  readonly terminationProtection: boolean;
  /** ISO 4217 code of the amounts in orders that name no currency. */
  readonly currency: string;
  readonly email: EmailSender;
  readonly cluster: ClusterConfig;
  /** Event pollers of each mapping; AWS caps the maximum at the topic's partitions. */
  readonly pollers: { readonly minimum: number; readonly maximum: number };
  /**
   * `asPollers` keeps just as many executions free as the pollers can call at once, so it never throttles them. Lambda
   * leaves 100 executions of an account unreserved, and a new account has fewer than that: raise its quota first.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
   */
  readonly reservedConcurrency: 'none' | 'asPollers';
  readonly applicationLogLevel: 'DEBUG' | 'INFO' | 'WARN';
  readonly logRetentionDays: 14 | 30 | 90 | 365;
  /** How soon after an alarm a failed batch is promised to be redriven: the topic keeps its records that long. */
  readonly responseTimeHours: number;
  readonly alarms: AlarmThresholds;
}

export type StageName = 'dev' | 'prod';

export interface EmailSender {
  /** The address in the From line. */
  readonly from: string;
  /** The verified SES identity that covers it: the address itself or its domain. */
  readonly identity: string;
}

export type ClusterConfig = ProvisionedClusterConfig | ExistingClusterConfig;

export interface ProvisionedClusterConfig {
  readonly kind: 'provisioned';
  /** With the suffix `.kraft`: no ZooKeeper. */
  readonly kafkaVersion: `${number}.${number}.x.kraft`;
  readonly networkCidr: string;
  /** From 1 to a third of what MSK allows in a cluster. */
  readonly brokersPerZone: number;
  readonly brokers: StandardBrokers | ExpressBrokers;
  /** `PER_TOPIC_PER_PARTITION` adds lag by partition and is charged by metric. */
  readonly monitoring: 'PER_TOPIC_PER_BROKER' | 'PER_TOPIC_PER_PARTITION';
}

export interface StandardBrokers {
  readonly type: 'standard';
  readonly instanceType: `kafka.${string}`;
  /** Storage of each broker at first, and how far it may grow by itself; it never shrinks. */
  readonly storageGibibytes: number;
  readonly storageCeilingGibibytes: number;
}

export interface ExpressBrokers {
  readonly type: 'express';
  readonly instanceType: `express.${string}`;
  /** How much the cluster may store before somebody is told: it cannot fill up, but each byte is charged. */
  readonly storageAlarmGibibytes: number;
}

/**
 * A provisioned cluster that somebody else owns. It must accept IAM authentication on port 9098 from its own security
 * group, and its network must lead to SQS and to the MSK API.
 */
export interface ExistingClusterConfig {
  readonly kind: 'existing';
  readonly clusterArn: string;
  readonly vpcId: string;
  /** Those of the brokers: one in each of their two or three zones. */
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  readonly brokerType: 'standard' | 'express';
  /** What the names of topic and groups begin with, so that stages and others can share the cluster; may be empty. */
  readonly prefix: string;
  /** A topic that is there already and is left as it is; without it the stage creates its own. */
  readonly topic: string | undefined;
  /** Copies of each partition of the stage's own topic; as in the topology when undefined. */
  readonly replicationFactor: number | undefined;
}

export interface AlarmThresholds {
  /** How far behind a group may be. */
  readonly timeLagSeconds: number;
  /** How many records a consumer may park in a quarter of an hour. */
  readonly parkedRecords: number;
  /** How much of its time on the topic the oldest record that waits may have used. */
  readonly retentionUsedPercent: number;
  readonly objective: ServiceObjective;
  /** E-mail addresses that are told of every alarm. */
  readonly subscribers: readonly string[];
}

/** What customers are promised, each month: a share of the orders takes effect in every consumer within a time. */
export interface ServiceObjective {
  /** Between 0 and 1. */
  readonly share: number;
  readonly withinSeconds: number;
  /** Fewer late orders than these in a window are no sign of anything. */
  readonly fewestLate: number;
}
