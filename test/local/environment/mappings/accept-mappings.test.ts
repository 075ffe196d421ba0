import { describe, expect, test } from '@jest/globals';
import type {
  DeployedApp,
  DeployedFunction,
  FunctionAtEndpoint,
} from '../../../../local/deployment/discovery/deployed-app.ts';
import type { JsonObject } from '../../../../local/deployment/assembly/template.ts';
import { describeSubstitution } from '../../../../local/deployment/substitution/describe-substitution.ts';
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
  functionsAtEndpoint: readonly FunctionAtEndpoint[] = [],
): DeployedApp {
  return {
    region: 'eu-west-1',
    functions,
    functionsAtEndpoint,
    eventSourceMappings: properties.map((each, index) => ({
      stackName: 'shop',
      logicalId: `Mapping${index}`,
      uuid: `mapping-${index}`,
      properties: each,
    })),
    alarms: [],
    rules: [],
    outputs: {},
    substitutions: [],
    defaultPartitions: new Map(),
    expressClusters: new Set(),
  };
}

describe('acceptMappings', () => {
  test.each(['clicks', FUNCTION_ARN, `${FUNCTION_ARN}:live`])(
    'finds the function that a mapping invokes as %s',
    (FunctionName) => {
      const app = appWith([{ ...kafkaMapping, FunctionName }]);

      const { accepted } = acceptMappings(app, { invoke: 'processes', emulator });

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

    const { accepted } = acceptMappings(appWith([queue, kafkaMapping]), { invoke: 'processes', emulator });

    expect(accepted.map(({ mappingId }) => mappingId)).toEqual(['mapping-1']);
  });

  test('refuses an app without any Kafka mapping', () => {
    expect(() => acceptMappings(appWith([]), { invoke: 'processes', emulator })).toThrow(
      'The app has no event source mapping for Kafka',
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

  const scores: FunctionAtEndpoint = {
    functionName: 'scores',
    functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:scores',
    timeoutSeconds: 60,
    reason: 'its runtime is python3.13',
  };
  const scoreMapping = { ...kafkaMapping, FunctionName: 'scores', Topics: ['scores'] };

  test('lets each function run where it can: one here, one at the endpoint', () => {
    const app = appWith([kafkaMapping, scoreMapping], [clicks], [scores]);

    const { accepted, notes } = acceptMappings(app, { invoke: 'processes', emulator });

    expect(accepted.map(({ spec, invoker }) => [spec.functionName, invoker])).toEqual([
      ['clicks', 'processes'],
      ['scores', 'endpoint'],
    ]);
    expect(notes.map(describeSubstitution)).toEqual([
      'stand-in: the function of AWS::Lambda::EventSourceMapping shop/Mapping1, ' +
        "because the endpoint's own Lambda runs it: its runtime is python3.13",
    ]);
  });

  test.each([
    {
      story: 'that the endpoint cannot run either',
      functionsAtEndpoint: [{ ...scores, obstacle: 'MiniStack runs it with Docker alone' }],
      reason: 'its runtime is python3.13, and MiniStack runs it with Docker alone',
    },
    {
      story: 'that is nowhere',
      functionsAtEndpoint: [],
      reason: 'function scores is neither part of this app nor deployed at the endpoint',
    },
  ])('refuses the mapping of a function $story, and runs the others', ({ functionsAtEndpoint, reason }) => {
    const app = appWith([scoreMapping, kafkaMapping], [clicks], functionsAtEndpoint);

    const { accepted, notes } = acceptMappings(app, { invoke: 'processes', emulator });

    expect(accepted.map(({ spec }) => spec.functionName)).toEqual(['clicks']);
    expect(notes.map(describeSubstitution)).toEqual([
      `left out: AWS::Lambda::EventSourceMapping shop/Mapping0, because ${reason}`,
    ]);
  });

  test('refuses an app of which nothing can run, with every reason', () => {
    expect(() => acceptMappings(appWith([kafkaMapping], []), { invoke: 'processes', emulator })).toThrow(
      'No mapping of the app can run:\n  shop/Mapping0: function clicks is neither part of this app nor deployed at the endpoint',
    );
  });

  test.each([
    { story: 'that could run here', functions: [clicks], functionsAtEndpoint: [] },
    {
      story: 'that runs there alone',
      functions: [],
      functionsAtEndpoint: [{ ...scores, functionName: 'clicks' }],
    },
    { story: 'that only the endpoint knows', functions: [], functionsAtEndpoint: [] },
  ])(
    "lets the endpoint's Lambda run a function $story when a person wants that",
    ({ functions, functionsAtEndpoint }) => {
      const app = appWith([kafkaMapping], functions, functionsAtEndpoint);

      const { accepted, notes } = acceptMappings(app, { invoke: 'endpoint', emulator });

      expect(accepted).toMatchObject([{ invoker: 'endpoint', spec: { functionName: 'clicks' } }]);
      expect(notes).toEqual([]);
    },
  );
});
