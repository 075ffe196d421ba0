import { Logger } from '@aws-lambda-powertools/logger';
import { mskClient } from '../aws/clients.ts';
import { kafkaEnvironment, readEnvironment, stageCurrency } from '../aws/environment.ts';
import { kafkaAppendRecords } from './aws/kafka-append-records.ts';
import { kafkaConnection } from '../aws/brokers/kafka-connection.ts';
import { producerHandler } from './producer-handler.ts';

const environment = readEnvironment({ ...kafkaEnvironment, ...stageCurrency }, process.env);

const kafka = kafkaConnection(mskClient(), {
  clientId: 'order-producer',
  clusterArn: environment.CLUSTER_ARN,
  region: environment.AWS_REGION,
  protocol: environment.KAFKA_SECURITY_PROTOCOL,
});

export const handler = producerHandler({
  topic: environment.TOPIC_NAME,
  logger: new Logger(),
  append: kafkaAppendRecords(kafka, environment.TOPIC_NAME),
  now: () => new Date(),
  currency: environment.CURRENCY,
});
