import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { choosePort } from '../../local/engines/choose-port.ts';
import { startKafkaBroker, type KafkaBrokerOptions } from '../../local/engines/kafka-broker.ts';
import { installKafka } from '../../local/engines/kafka-installation.ts';
import { enginesDirectory } from '../../cli/project-folders.ts';
import { engineAddresses } from './support/engine-addresses.ts';
import { connectKafkaAdmin } from './support/kafka-admin.ts';
import { valuesOf } from './support/scripted-function.ts';
import { startTestMapping } from './support/start-test-mapping.ts';
import { aGroup, eventually, untilShared, useBroker } from './support/use-broker.ts';

jest.setTimeout(120_000);

const { startFunction, onTestEnd } = useBroker();

/** A broker of the test's own, which it may stop. */
async function brokerOptions(): Promise<KafkaBrokerOptions> {
  const directory = await mkdtemp(join(tmpdir(), 'lost-broker-'));
  onTestEnd(() => rm(directory, { recursive: true, force: true }));
  return {
    installation: await installKafka({ directory: enginesDirectory, onProgress: () => undefined }),
    dataDirectory: join(directory, 'data'),
    port: await choosePort(0),
    controllerPort: await choosePort(0),
    logFile: join(directory, 'kafka.log'),
  };
}

test('ESM-100 a mapping counts a lost broker, tries again, and continues when it is back', async () => {
  const options = await brokerOptions();
  const fn = await startFunction();
  let engine = await startKafkaBroker(options);
  onTestEnd(() => engine.stop());
  const producer = await connectKafkaAdmin(engine.endpoint);
  onTestEnd(() => producer.disconnect());
  const topic = await producer.createTopic(1);
  await producer.produce(topic, [{ value: 'before' }]);
  const mapping = startTestMapping(
    { topic, consumerGroupId: aGroup(), function: fn },
    { ...engineAddresses(), broker: engine.endpoint },
  );
  onTestEnd(() => mapping.stop());
  await untilShared(mapping, 1);
  await eventually('the first record', () => fn.batches.length === 1);

  await engine.stop();
  await eventually('the loss to be counted', () => (mapping.counts['PollingErrorCount'] ?? 0) > 0);
  const during = mapping.lastProcessingResult;
  engine = await startKafkaBroker(options);
  await eventually('the broker to be found again', () => mapping.lastProcessingResult === 'OK');
  await producer.produce(topic, [{ value: 'after' }]);
  await eventually('the record after it', () => valuesOf(fn.batches).flat().includes('after'));

  expect(during).toContain('PROBLEM: Connection error.');
  expect(mapping.lastProcessingResult).toBe('OK');
});
