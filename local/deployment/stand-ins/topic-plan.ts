/** A topic as its resource describes it. */
export interface TopicSpec {
  readonly topic: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly configs: Readonly<Record<string, string>>;
}

export interface TopicPlan {
  readonly partitions: number;
  readonly configs: Readonly<Record<string, string>>;
  /** What a single broker makes different from the resource, for a person to read. */
  readonly adaptations: readonly string[];
}

const REPLICAS = 1;
const SYNCED_REPLICAS = 'min.insync.replicas';

/** The `Configs` of an AWS::MSK::Topic: `key=value` lines, in base64. */
export function parseTopicConfigs(base64: string): Record<string, string> {
  const lines = Buffer.from(base64, 'base64').toString('utf8').split('\n');
  const entries = lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line): [string, string] => {
      const [key = '', ...value] = line.split('=');
      return [key.trim(), value.join('=').trim()];
    });
  return Object.fromEntries(entries);
}

/** A topic for a cluster of one broker: a partition has one replica, and no write may wait for a second. */
export function planTopic({ partitions, replicationFactor, configs }: TopicSpec): TopicPlan {
  const { [SYNCED_REPLICAS]: synced, ...others } = configs;
  return {
    partitions,
    configs: synced === undefined ? others : { ...others, [SYNCED_REPLICAS]: String(REPLICAS) },
    adaptations: [
      ...(replicationFactor === REPLICAS ? [] : [`${REPLICAS} replica instead of ${replicationFactor}`]),
      ...(synced === undefined || synced === String(REPLICAS)
        ? []
        : [`${SYNCED_REPLICAS} ${REPLICAS} instead of ${synced}`]),
    ],
  };
}
