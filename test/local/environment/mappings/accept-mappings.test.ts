import { describe, expect, test } from '@jest/globals';
import type { DeployedApp, DeployedFunction } from '../../../../local/deployment/discovery/deployed-app.ts';
import type { JsonObject } from '../../../../local/deployment/assembly/template.ts';
import { acceptMappings } from '../../../../local/environment/mappings/accept-mappings.ts';
import { emulatorOptions } from '../../../../local/event-source-mapping/configuration/emulator-options.ts';
import { deployedFunction } from '../app/deployed-function.ts';

const emulator = emulatorOptions();

const clicks = deployedFunction();
const FUNCTION_ARN = clicks.functionArn;

const kafkaMapping: JsonObject = {
  FunctionName: 'clicks',
  EventSourceArn: 'arn:aws:kafka:eu-west-1:000000000000:cluster/shop/1',
  Topics: ['clicks'],
  StartingPosition: 'LATEST',
};

function appWith(
  properties: readonly JsonObject[],
  functions: readonly DeployedFunction[] = [clicks],
): DeployedApp {
  return {
    region: 'eu-west-1',
    functions,
    eventSourceMappings: properties.map((each, index) => ({
      stackName: 'shop',
      logicalId: `Mapping${index}`,
      uuid: `mapping-${index}`,
      properties: each,
    })),
    outputs: {},
    substitutions: [],
  };
}

describe('acceptMappings', () => {
  test.each(['clicks', FUNCTION_ARN, `${FUNCTION_ARN}:live`])(
    'finds the function that a mapping invokes as %s',
    (FunctionName) => {
      const app = appWith([{ ...kafkaMapping, FunctionName }]);

      const accepted = acceptMappings(app, { invoke: 'processes', emulator });

      expect(accepted).toMatchObject([
        {
          mappingId: 'mapping-0',
          functionArn: FUNCTION_ARN,
          spec: { functionName: 'clicks', topic: 'clicks' },
        },
      ]);
    },
  );

  test('leaves mappings of other sources to the endpoint', () => {
    const queue = { FunctionName: 'clicks', EventSourceArn: 'arn:aws:sqs:eu-west-1:000000000000:jobs' };

    const accepted = acceptMappings(appWith([queue, kafkaMapping]), { invoke: 'processes', emulator });

    expect(accepted.map(({ mappingId }) => mappingId)).toEqual(['mapping-1']);
  });

  test('refuses an app without any Kafka mapping', () => {
    expect(() => acceptMappings(appWith([]), { invoke: 'processes', emulator })).toThrow(
      'The app holds no event source mapping of Kafka',
    );
  });

  test('refuses a consumer group that another mapping of the app uses', () => {
    const mapping = { ...kafkaMapping, AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'group' } };

    expect(() => acceptMappings(appWith([mapping, mapping]), { invoke: 'processes', emulator })).toThrow(
      'is "group", which the mapping of function clicks uses',
    );
  });

  test('names a mapping that Lambda would refuse as its template does, as its UUID is new each time', () => {
    const mapping = { ...kafkaMapping, BatchSize: 20_000 };

    expect(() => acceptMappings(appWith([mapping]), { invoke: 'processes', emulator })).toThrow(
      'Event source mapping shop/Mapping0 is not valid:\n  BatchSize is 20000; allowed: a whole number from 1 to 10000',
    );
  });

  test.each(['nodejs18.x', 'nodejs26.x', 'python3.13', 'java21'])(
    'refuses to run a function of %s as a process, and says how it can run',
    (runtime) => {
      const app = appWith([kafkaMapping], [{ ...clicks, runtime }]);

      expect(() => acceptMappings(app, { invoke: 'processes', emulator })).toThrow(
        `Function clicks has the runtime ${runtime}; nodejs20.x, nodejs22.x and nodejs24.x run here. ` +
          "Let the endpoint's own Lambda run it: msk-local --invoke endpoint.",
      );
    },
  );

  test('refuses to run a function as a process whose code is no folder', () => {
    expect(() => acceptMappings(appWith([kafkaMapping], []), { invoke: 'processes', emulator })).toThrow(
      'Function clicks has no code folder in the cloud assembly',
    );
  });

  test.each([
    { story: 'of another runtime', functions: [{ ...clicks, runtime: 'python3.13' }] },
    { story: 'whose code is not here', functions: [] },
  ])("lets the endpoint's Lambda run a function $story", ({ functions }) => {
    const accepted = acceptMappings(appWith([kafkaMapping], functions), { invoke: 'endpoint', emulator });

    expect(accepted).toMatchObject([{ functionArn: FUNCTION_ARN, spec: { functionName: 'clicks' } }]);
  });
});
