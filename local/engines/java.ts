import { join } from 'node:path';

/** Finds the `java` of JAVA_HOME, or the one on the PATH. */
export function javaCommand(environment: NodeJS.ProcessEnv): string {
  const home = environment['JAVA_HOME'];
  return home === undefined || home === '' ? 'java' : join(home, 'bin', 'java');
}

/**
 * The log settings of the broker. It logs failures only, because Kafka logs a thousand lines for a successful start.
 * It also logs why consumer groups rebalance, which no request of Kafka's protocol returns.
 */
const LOGGING = {
  defaultLogLevel: 'warn',
  'log.kafka.coordinator.group.GroupCoordinator': 'info',
  showDateTime: 'true',
  // ISO 8601 with a zone, so that a line has an exact time.
  dateTimeFormat: "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
};

/** JVM flags: a small heap, because the load is a laptop's, and the quick compiler, because users wait for the start. */
export const JVM_FLAGS: readonly string[] = [
  '-Xms32m',
  '-Xmx384m',
  // Otherwise the space for young objects grows with the rest at the start, and stays so.
  '-Xmn12m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  // Counters for tools that watch a JVM, which wake an idle one twenty times a second.
  '-XX:-UsePerfData',
  ...Object.entries(LOGGING).map(([key, value]) => ['-D', `org.slf4j.simpleLogger.${key}=${value}`].join('')),
];
