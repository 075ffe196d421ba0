import { kafkaClient } from '@order-events/kafka-tools';
import type { NpmProcess } from '../npm-process.ts';

/** What stands behind a title, such as `Kafka broker`, or behind the name of an output and `=`. */
function shown({ lines }: NpmProcess, title: string): string {
  const line = lines.map((text) => text.trim()).find((text) => text.startsWith(title));
  const [value = ''] = (line ?? '').slice(title.length).replace('=', '').trim().split(' ');
  if (value === '') throw new Error(`"${title}" is not shown:\n${lines.join('\n')}`);
  return value;
}

/** Sends records with these values to the broker of an environment. */
export async function produce(started: NpmProcess, topic: string, values: readonly string[]): Promise<void> {
  const brokers = [shown(started, 'Kafka broker')];
  const producer = kafkaClient({ clientId: 'test', brokers }).producer();
  await producer.connect();
  await producer.send({ topic, messages: values.map((value) => ({ value })) });
  await producer.disconnect();
}
