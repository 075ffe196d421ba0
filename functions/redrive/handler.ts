import { Logger } from '@aws-lambda-powertools/logger';
import { mskToken } from '@order-events/kafka-tools';
import { bootstrapBrokers } from '../aws/brokers/bootstrap-brokers.ts';
import { kafkaConnection } from '../aws/brokers/kafka-connection.ts';
import { mskClient } from '../aws/clients.ts';
import { readEnvironment } from '../aws/environment.ts';
import { openClients } from './aws/clients.ts';
import { withStage } from './aws/open-stage.ts';
import { redriveEnvironment } from './aws/redrive-environment.ts';
import { operationsHandler } from './operations-handler.ts';

const environment = readEnvironment(redriveEnvironment, process.env);

const clients = openClients();
const msk = mskClient();
const cluster = {
  clientId: 'order-operations',
  clusterArn: environment.CLUSTER_ARN,
  region: environment.AWS_REGION,
  protocol: environment.KAFKA_SECURITY_PROTOCOL,
};
const kafka = kafkaConnection(msk, cluster);

export const handler = operationsHandler({
  logger: new Logger(),
  nowMs: () => performance.now(),
  withPorts: async (deadline, work) => {
    const brokers = await bootstrapBrokers(msk, cluster);
    const token = () => mskToken(environment.AWS_REGION);
    return withStage(
      {
        topicName: environment.TOPIC_NAME,
        clusterArn: environment.CLUSTER_ARN,
        consumers: environment.CONSUMERS,
        operationsTableName: environment.OPERATIONS_TABLE_NAME,
        ...clients,
        kafka: () => Promise.resolve(kafka),
        brokers: cluster.protocol === 'SASL_SSL' ? { brokers, token } : { brokers },
      },
      { deadline },
      work,
    );
  },
});
