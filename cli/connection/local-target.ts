import { describeTopic, kafkaClient, withAdmin, type Kafka } from '@order-events/kafka-tools';
import { controlClient } from 'msk-local/environment/control/control-client.ts';
import type { EnvironmentDescription } from 'msk-local/environment/control/environment-description.ts';
import { stageOutputs } from './stage-outputs.ts';
import { CLIENT_ID, type Target } from './target.ts';

const RETRY = { initialRetryTime: 100, retries: 5 };

/** The environment that runs on this machine. */
export function localTarget(environment: EnvironmentDescription): Target {
  const outputs = stageOutputs(environment.name, environment.outputs);
  const awsClientConfig = {
    region: environment.region,
    endpoint: environment.awsEndpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const kafka = (): Kafka =>
    kafkaClient({
      clientId: CLIENT_ID,
      brokers: environment.bootstrapServers.split(','),
      retry: RETRY,
    });
  return {
    kind: 'local',
    name: 'the local environment',
    outputs,
    awsClientConfig,
    invokeClientConfig: { ...awsClientConfig, endpoint: environment.lambdaEndpoint },
    kafka,
    topic: () => withAdmin(kafka(), (admin) => describeTopic(admin, outputs.topicName)),
    publishMetrics: () => controlClient(environment).publishMetrics(),
    mappings: () => controlClient(environment).mappings(),
  };
}
