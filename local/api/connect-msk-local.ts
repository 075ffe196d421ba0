import { createGroupReader } from '@order-events/kafka-tools';
import { controlClient } from '../environment/control/control-client.ts';
import {
  environmentDescription,
  type EnvironmentDescription,
} from '../environment/control/environment-description.ts';
import { functionNamed, readLog } from './function-logs.ts';
import type { ConnectedMskLocal } from './msk-local.ts';
import { clientFor, produce } from './produce.ts';
import { waitForLagZero } from './wait-for-lag-zero.ts';

/**
 * Uses an environment that another process of this machine has started, such as a runner's global set-up.
 *
 * @param connection - `connection` of the environment that `startMskLocal` returned in that process.
 * @throws {Error} when the text is not a connection, or when the environment has stopped.
 */
export async function connectMskLocal(connection: string): Promise<ConnectedMskLocal> {
  const environment = readConnection(connection);
  await controlClient(environment)
    .mappings()
    .catch((cause: unknown) => {
      throw new Error(
        `No environment answers at ${environment.controlEndpoint}: it has stopped; start it again.`,
        {
          cause,
        },
      );
    });
  return connected(environment);
}

/** The operations of a running environment. */
export function connected(environment: EnvironmentDescription): ConnectedMskLocal {
  const { bootstrapServers: brokers, logsDirectory } = environment;
  const control = controlClient(environment);
  return {
    brokers,
    endpoint: environment.awsEndpoint,
    region: environment.region,
    outputs: environment.outputs,
    notAsOnAws: environment.substitutions,
    logsDirectory,
    produce: (topic, records) => produce(brokers, topic, records),
    waitForLagZero: async (consumerGroupId, options) => {
      const reader = createGroupReader(clientFor(brokers));
      const questions = {
        mappings: () => control.mappings(),
        offsets: (topic: string, group: string) => reader.readOffsets(topic, group),
      };
      try {
        await waitForLagZero(consumerGroupId, questions, options);
      } finally {
        await reader.close();
      }
    },
    logs: async (text) => {
      const mappings = await control.mappings();
      const name = functionNamed(
        text,
        mappings.map(({ functionName }) => functionName),
      );
      return readLog(logsDirectory, name);
    },
  };
}

function readConnection(connection: string): EnvironmentDescription {
  try {
    return environmentDescription.parse(JSON.parse(connection));
  } catch (cause) {
    throw new Error(
      'This is not a connection: pass connectMskLocal the `connection` of a started environment.',
      {
        cause,
      },
    );
  }
}
