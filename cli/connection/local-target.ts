import { Kafka, logLevel } from 'kafkajs';
import { controlClient } from '../../local/environment/control/control-client.ts';
import type { EnvironmentDescription } from '../../local/environment/control/environment-description.ts';
import { stageOutputs } from './stage-outputs.ts';
import type { Target } from './target.ts';

const RETRY = { initialRetryTime: 100, retries: 5 };

/** The environment that runs on this machine. */
export function localTarget(environment: EnvironmentDescription): Target {
  return {
    kind: 'local',
    name: 'the local environment',
    outputs: stageOutputs(environment.name, environment.outputs),
    awsClientConfig: {
      region: environment.region,
      endpoint: environment.awsEndpoint,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    },
    kafka: () =>
      new Kafka({
        clientId: 'orders-cli',
        brokers: environment.bootstrapServers.split(','),
        logLevel: logLevel.NOTHING,
        retry: RETRY,
      }),
    mappings: () => controlClient(environment).mappings(),
  };
}
