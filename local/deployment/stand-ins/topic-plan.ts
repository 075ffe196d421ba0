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
  /** The differences between the resource and the topic on a single broker, as text. */
  readonly adaptations: readonly string[];
}

const REPLICAS = 1;
const SYNCED_REPLICAS = 'min.insync.replicas';

/** Reads the `Configs` of an AWS::MSK::Topic, in base64: a JSON object, as MSK takes it, or `key=value` lines. */
export function parseTopicConfigs(base64: string): Record<string, string> {
  const text = Buffer.from(base64, 'base64').toString('utf8');
  return text.trimStart().startsWith('{') ? settingsInJson(text) : parseProperties(text);
}

/** @throws Error when the text starts like a JSON object but is not valid JSON. */
function settingsInJson(text: string): Record<string, string> {
  return Object.fromEntries(Object.entries(parseObject(text)).map(([key, value]) => [key, String(value)]));
}

function parseObject(text: string): object {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch (error) {
    throw new Error(
      `The Configs of a topic hold ${JSON.stringify(text)}, which is not JSON. Write an object of topic settings, ` +
        'such as {"retention.ms":"3600000"}, and encode it in base64.',
      { cause: error },
    );
  }
}

/** Reads Kafka properties: `key=value` lines and comments. */
export function parseProperties(text: string): Record<string, string> {
  const entries = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line): [string, string] => {
      const [key = '', ...value] = line.split('=');
      return [key.trim(), value.join('=').trim()];
    });
  return Object.fromEntries(entries);
}

/** Plans a topic for a cluster of one broker: each partition has one replica, and no write waits for a second one. */
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
