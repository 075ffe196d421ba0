import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { mskToken, openTopicReader } from '@order-events/kafka-tools';
import { bootstrapBrokers } from '../aws/brokers/bootstrap-brokers.ts';
import { kafkaConnection } from '../aws/brokers/kafka-connection.ts';
import { mskClient } from '../aws/clients.ts';
import { kafkaEnvironment, readEnvironment, samplerEnvironment } from '../aws/environment.ts';
import { readBrokers } from './aws/read-brokers.ts';
import { writtenAt } from './aws/written-at.ts';
import { publishGroup, samplerHandler } from './sampler-handler.ts';
import { takeSamples } from './take-samples.ts';

const environment = readEnvironment({ ...kafkaEnvironment, ...samplerEnvironment }, process.env);
const { CLUSTER_ARN, AWS_REGION, KAFKA_SECURITY_PROTOCOL, TOPIC_NAME } = environment;

const logger = new Logger();
const metrics = new Metrics();
const msk = mskClient();
const connection = {
  clientId: 'sampler',
  clusterArn: CLUSTER_ARN,
  region: AWS_REGION,
  protocol: KAFKA_SECURITY_PROTOCOL,
};

/** A connection does not survive the time for which Lambda freezes a function, so a reader lives for one question. */
async function recordTime(partition: number, offset: number): Promise<number | undefined> {
  const brokers = await bootstrapBrokers(msk, connection);
  const reader = openTopicReader(TOPIC_NAME, {
    brokers,
    ...(KAFKA_SECURITY_PROTOCOL === 'SASL_SSL' ? { token: () => mskToken(AWS_REGION) } : {}),
  });
  try {
    return await writtenAt(reader)(partition, offset);
  } finally {
    await reader.close();
  }
}

export const handler = samplerHandler({
  logger,
  metrics,
  sample: takeSamples(
    {
      readBrokers: () =>
        readBrokers(
          kafkaConnection(msk, connection),
          { name: TOPIC_NAME, consumers: environment.SAMPLED_GROUPS },
          Date.now(),
        ),
      writtenAt: recordTime,
      publish: publishGroup(metrics),
      now: Date.now,
      warn: (message, cause) => logger.warn(message, { cause: String(cause) }),
    },
    environment.TOPIC_RETENTION_HOURS,
  ),
});
