import { randomUUID } from 'node:crypto';
import { paceEnvironment } from '../../../lib/topology/pace-environment.ts';
import type { ConsumerSpec } from '../../../lib/topology/topology-types.ts';
import type { MappingSupervisor } from '../../../local/event-source-mapping/supervisor/mapping-supervisor.ts';
import { startLambdaHost } from '../../../local/lambda/lambda-host.ts';
import type { ConsumerBundles } from './consumer-bundles.ts';
import { createQueue, REGION, type TestQueue } from './queues.ts';
import { createTable, type TestTable } from './tables.ts';
import type { Broker } from './use-broker.ts';

/** One of the three consumers with a group, a table and a queue of its own. */
export interface DeployedConsumer {
  readonly group: string;
  readonly table: TestTable;
  readonly queue: TestQueue;
  /** Starts its mapping. @param properties - over those of the deployed mapping. */
  consume(topic: string, properties?: Readonly<Record<string, unknown>>): Promise<MappingSupervisor>;
}

export interface Deployment {
  readonly broker: Broker;
  readonly bundles: ConsumerBundles;
  /** What the function has for AWS. */
  readonly awsEndpoint: string;
}

/** Runs a consumer's bundle in real execution environments. */
export async function deployConsumer(
  spec: ConsumerSpec,
  { broker, bundles, awsEndpoint }: Deployment,
): Promise<DeployedConsumer> {
  const group = `${spec.consumerGroupId}-${randomUUID()}`;
  const arn = `arn:aws:lambda:${REGION}:000000000000:function:${spec.name}`;
  const [table, queue] = await Promise.all([createTable(broker.onTestEnd), createQueue(broker.onTestEnd)]);
  const configuration = {
    functionName: spec.name,
    functionArn: arn,
    codeDirectory: bundles.directoryOf(spec.name),
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    memorySizeMb: spec.functionMemoryMegabytes,
    timeoutSeconds: spec.functionTimeoutSeconds,
    environment: {
      ...paceEnvironment(spec.pace),
      CONSUMER_GROUP_ID: group,
      TABLE_NAME: table.name,
      DLQ_URL: queue.url,
      EFFECT_OBJECTIVE_SECONDS: '60',
      CURRENCY: 'EUR',
      ITEM_TTL_DAYS: '30',
      EMAIL_FROM: SENDER,
    },
  };
  const host = await startLambdaHost({
    functions: (name) => Promise.resolve(name === spec.name ? configuration : undefined),
    onLog: () => undefined,
    machineVariables: {
      AWS_ENDPOINT_URL: awsEndpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    },
  });
  broker.onTestEnd(() => host.close());
  return {
    group,
    table,
    queue,
    consume: (topic, properties) =>
      broker.startMapping({
        topic,
        consumerGroupId: group,
        function: { arn, endpoint: host.endpoint },
        properties: { ...mappingProperties(spec, queue), ...properties },
      }),
  };
}

/** Whose e-mails SES takes. */
export const SENDER = 'orders@example.com';

function mappingProperties(spec: ConsumerSpec, queue: TestQueue): Record<string, unknown> {
  return {
    BatchSize: spec.batchSize,
    MaximumBatchingWindowInSeconds: spec.maxBatchingWindowSeconds,
    MaximumRetryAttempts: spec.retryAttempts,
    BisectBatchOnFunctionError: true,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    DestinationConfig: { OnFailure: { Destination: queue.arn } },
  };
}
