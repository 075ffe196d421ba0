import { join } from 'node:path';

/** The `java` that JAVA_HOME names, else the one on the PATH. */
export function javaCommand(environment: NodeJS.ProcessEnv): string {
  const home = environment['JAVA_HOME'];
  return home === undefined || home === '' ? 'java' : join(home, 'bin', 'java');
}

/**
 * Only what explains a failure, as Kafka logs a thousand lines for a start that goes well; and why consumer groups
 * rebalance, which no request of Kafka's protocol tells.
 */
const LOGGING = {
  defaultLogLevel: 'warn',
  'log.kafka.coordinator.group.GroupCoordinator': 'info',
  showDateTime: 'true',
  // ISO 8601, so that a line stands for one moment.
  dateTimeFormat: "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
};

/** A small heap and the quick compiler: the broker carries a laptop's load, and its start is what one waits for. */
export const JVM_FLAGS: readonly string[] = [
  '-Xms128m',
  '-Xmx384m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  ...Object.entries(LOGGING).map(([key, value]) => ['-D', `org.slf4j.simpleLogger.${key}=${value}`].join('')),
];
