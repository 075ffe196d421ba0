/** The ports and the data folder of a broker. */
export interface BrokerPlacement {
  readonly port: number;
  readonly controllerPort: number;
  readonly logDirectory: string;
}

/**
 * Builds the server.properties of one Kafka broker that is its own KRaft controller and listens on
 * loopback only.
 *
 * @see https://kafka.apache.org/39/documentation.html#brokerconfigs
 */
export function brokerSettings({ port, controllerPort, logDirectory }: BrokerPlacement): string {
  const settings: Record<string, string | number | boolean> = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'log.dirs': logDirectory,
    // As on the cluster, where topics are resources: a misspelt topic name causes an error and no new topic.
    'auto.create.topics.enable': false,
    // As on the cluster: ACLs apply, and a client without any may do everything.
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'allow.everyone.if.no.acl.found': true,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 1,
    // The default delays every new group by 3 s.
    'group.initial.rebalance.delay.ms': 0,
    // The default of 6 s is too long for a user who watches a killed member's partitions move.
    'group.min.session.timeout.ms': 1_000,
    // The default takes 128 MB of the heap.
    'log.cleaner.dedupe.buffer.size': 4 * 1024 * 1024,
    'num.network.threads': 1,
    'num.io.threads': 2,
    // By default the controller writes an empty record every half second, which keeps an idle broker busy.
    'metadata.max.idle.interval.ms': 0,
    // A restarted broker can register only when its earlier registration has ended or expired, which takes 9 s by
    // default.
    'controlled.shutdown.enable': true,
    'broker.session.timeout.ms': 4_000,
    // More than two in a session, so that a busy machine may miss one.
    'broker.heartbeat.interval.ms': 1_500,
  };
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${escapeValue(String(value))}\n`)
    .join('');
}

/** Escapes backslashes, because Java reads them in a properties file as escapes. */
const escapeValue = (value: string): string => value.replaceAll('\\', '\\\\');
