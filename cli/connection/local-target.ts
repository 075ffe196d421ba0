import { createHash } from 'node:crypto';
import { describeTopic, kafkaClient, withAdmin } from '@order-events/kafka-tools';
import { controlClient } from '#msk-local/environment/control/control-client.ts';
import type {
  DeployedEnvironment,
  EnvironmentDescription,
} from '#msk-local/environment/control/environment-description.ts';
import { stageOutputs } from './stage-outputs.ts';
import { CLIENT_ID, type Target } from './target.ts';

/** Far longer than a broker or an emulator on this machine needs; one that is frozen takes connections and never answers. */
const ANSWER_WITHIN_MS = 3_000;

/** Longer, since a broker may be busy with what is sent. */
const REQUEST_TIMEOUT_MS = 5_000;

const RETRY = { initialRetryTime: 100, retries: 5 };

const NOT_RUNNING = 'not running yet';

/** The environment that runs on this machine, for whoever started it and knows that it does. */
export function localTarget(environment: EnvironmentDescription): Target {
  const target = deployedTarget(environment);
  return {
    ...target,
    run: runOf(environment),
    invokeClientConfig: { ...target.awsClientConfig, endpoint: environment.lambdaEndpoint },
    watchedMetrics: () => controlClient(environment).watchedMetrics(),
    publishMetrics: () => controlClient(environment).publishMetrics(),
    mappings: () => controlClient(environment).mappings(),
  };
}

/** The environment that runs on this machine, for a command: what does not answer is told within seconds. */
export function commandTarget(environment: EnvironmentDescription): Target {
  const target = localTarget(environment);
  const brokers = environment.bootstrapServers.split(',');
  const kafka: Target['kafka'] = async () => {
    await requireAnswer(brokers);
    return kafkaClient({ clientId: CLIENT_ID, brokers, requestTimeout: REQUEST_TIMEOUT_MS, retry: RETRY });
  };
  return {
    ...target,
    awsClientConfig: {
      ...target.awsClientConfig,
      requestHandler: {
        connectionTimeout: ANSWER_WITHIN_MS,
        requestTimeout: ANSWER_WITHIN_MS,
        throwOnRequestTimeout: true,
      },
      maxAttempts: 1,
    },
    kafka,
    topic: topicBy(kafka, target.outputs.topicName),
  };
}

/** Returns the target for an environment that is deployed on this machine, before it runs. */
export function deployedTarget(environment: DeployedEnvironment): Target {
  const { bootstrapServers, awsEndpoint, isEndpointAdopted, logsDirectory } = environment;
  const brokers = bootstrapServers.split(',');
  const outputs = stageOutputs(environment.name, environment.outputs);
  const awsClientConfig = {
    region: environment.region,
    endpoint: awsEndpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const kafka: Target['kafka'] = () =>
    Promise.resolve(kafkaClient({ clientId: CLIENT_ID, brokers, retry: RETRY }));
  return {
    kind: 'local',
    name: 'the local environment',
    run: NOT_RUNNING,
    running: { bootstrapServers, awsEndpoint, isEndpointAdopted, logsDirectory },
    outputs,
    awsClientConfig,
    invokeClientConfig: awsClientConfig,
    kafka,
    topic: topicBy(kafka, outputs.topicName),
    watchedMetrics: () => Promise.resolve([]),
    publishMetrics: () => Promise.resolve(),
    brokers: { brokers },
    mappings: () => Promise.resolve([]),
  };
}

/** The token is new with each start; of a secret only a hash goes further. */
function runOf({ controlToken }: EnvironmentDescription): string {
  return createHash('sha256').update(controlToken).digest('hex').slice(0, 16);
}

const topicBy =
  (kafka: Target['kafka'], topicName: string): Target['topic'] =>
  async () =>
    withAdmin(await kafka(), (admin) => describeTopic(admin, topicName));

/** Asks whether the brokers are there at all, without the patience that work needs. */
async function requireAnswer(brokers: string[]): Promise<void> {
  const kafka = kafkaClient({
    clientId: CLIENT_ID,
    brokers,
    connectionTimeout: ANSWER_WITHIN_MS,
    requestTimeout: ANSWER_WITHIN_MS,
    retry: { retries: 0 },
  });
  await withAdmin(kafka, (admin) => admin.describeCluster());
}
