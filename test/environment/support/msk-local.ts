import { kafkaClient } from '@order-events/kafka-tools';
import type { ConnectedMskLocal } from '../../../local/api/index.ts';
import type { NpmProcess } from '../npm-process.ts';

/** What stands behind a title, such as `Kafka broker`, or behind the name of an output and `=`. */
function shown({ lines }: NpmProcess, title: string): string {
  const line = lines.map((text) => text.trim()).find((text) => text.startsWith(title));
  const [value = ''] = (line ?? '').slice(title.length).replace('=', '').trim().split(' ');
  if (value === '') throw new Error(`"${title}" is not shown:\n${lines.join('\n')}`);
  return value;
}

/** Where test/foreign-app is, as the command line shows it. */
export const shownForeignApp = (
  started: NpmProcess,
): Pick<ConnectedMskLocal, 'brokers' | 'endpoint' | 'outputs'> => ({
  brokers: shown(started, 'Kafka broker'),
  endpoint: shown(started, 'AWS endpoint'),
  outputs: {
    'page-analytics-consumers': {
      ClickTableName: shown(started, 'page-analytics-consumers.ClickTableName'),
      SignUpQueueUrl: shown(started, 'page-analytics-consumers.SignUpQueueUrl'),
    },
  },
});

/** Where an environment listens, as the command line shows it. */
export const shownAddresses = (started: NpmProcess): readonly string[] =>
  ['Kafka broker', 'AWS endpoint', 'Lambda invoke'].map((title) => shown(started, title));

/** Sends records with these values to the broker of an environment. */
export async function produce(started: NpmProcess, topic: string, values: readonly string[]): Promise<void> {
  const brokers = [shown(started, 'Kafka broker')];
  const producer = kafkaClient({ clientId: 'test', brokers }).producer();
  await producer.connect();
  await producer.send({ topic, messages: values.map((value) => ({ value })) });
  await producer.disconnect();
}
