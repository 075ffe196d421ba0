/** Everything that differs between two stages. */
export interface StageConfig {
  readonly stage: StageName;
  /**
   * The account that the stage may be deployed to, of 12 digits. When undefined or an example, the account of the
   * credentials.
   */
  readonly account: string | undefined;
  /** One of `regions.ts`. */
  readonly region: string;
  /**
   * Three availability zones of the region, named so that synthesis looks nothing up: all by their ids (`use1-az1`),
   * which mean the same in every account, or all by the letters of the stage's account (`us-east-1a`).
   */
  readonly zones: readonly [string, string, string];
  /** True protects stacks with data against deletion, until somebody removes the protection. */
  readonly terminationProtection: boolean;
  /** ISO 4217 code of amounts in orders without a currency. */
  readonly currency: string;
  readonly email: EmailSender;
  readonly cluster: ClusterConfig;
  /** Event pollers of each mapping; AWS caps the maximum at the topic's partitions. */
  readonly pollers: { readonly minimum: number; readonly maximum: number };
  /**
   * `asPollers` reserves exactly as many executions as the pollers can use at once, so the pollers are never
   * throttled. Lambda keeps 100 executions of an account unreserved, and a new account has fewer than that: raise its
   * quota first.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
   */
  readonly reservedConcurrency: 'none' | 'asPollers';
  readonly applicationLogLevel: 'DEBUG' | 'INFO' | 'WARN';
  readonly logRetentionDays: 14 | 30 | 90 | 365;
  /** The promised time between an alarm and the redrive of a failed batch; the topic keeps its records that long. */
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
  /** The initial storage of each broker, and the maximum to which it grows automatically; it never shrinks. */
  readonly storageGibibytes: number;
  readonly storageCeilingGibibytes: number;
}

export interface ExpressBrokers {
  readonly type: 'express';
  readonly instanceType: `express.${string}`;
  /** The stored size at which an alarm fires. The cluster cannot fill up, but each byte is charged. */
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
  /** The brokers' subnets: one in each of their two or three zones. */
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  readonly brokerType: 'standard' | 'express';
  /** The prefix of the names of topic and groups, so that stages and others can share the cluster; may be empty. */
  readonly prefix: string;
  /** An existing topic, which stays unchanged; without it the stage creates its own. */
  readonly topic: string | undefined;
  /** Copies of each partition of the stage's own topic; as in the topology when undefined. */
  readonly replicationFactor: number | undefined;
}

export interface AlarmThresholds {
  /** The lag limits of a group. */
  readonly timeLagSeconds: number;
  /** The number of records that a consumer may park in a quarter of an hour. */
  readonly parkedRecords: number;
  /** The share of its retention that the oldest waiting record may have used. */
  readonly retentionUsedPercent: number;
  readonly objective: ServiceObjective;
  /** E-mail addresses that get every alarm. */
  readonly subscribers: readonly string[];
}

/** The monthly objective: this share of the orders takes effect in every consumer within this time. */
export interface ServiceObjective {
  /** Between 0 and 1. */
  readonly share: number;
  readonly withinSeconds: number;
  /** The minimum number of late orders in a window for an alarm. */
  readonly fewestLate: number;
}
