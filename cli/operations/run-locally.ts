import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import type * as z from 'zod/mini';
import { withStage } from '../../functions/redrive/aws/open-stage.ts';
import type { ConsumerPlace } from '../../functions/redrive/consumer-places.ts';
import type { Operation } from '../../functions/redrive/operations/operation.ts';
import type { OperationPorts } from '../../functions/redrive/ports.ts';
import { topology } from '../../lib/topology/topology.ts';
import type { Target } from '../connection/target.ts';

/** Longer than any consumer may take. */
const INVOCATION_TIMEOUT_MS = 90_000;

/** Nothing ends the work here but the person who waits for it. */
const WITHOUT_END = { remainingMs: () => Number.POSITIVE_INFINITY };

/** Runs an operation in this process, with clients of the local environment. */
export function runLocally<Q extends z.ZodMiniType<{ readonly operation: string }>, A extends z.ZodMiniType>(
  target: Target,
  operation: Operation<Q, A>,
  request: z.infer<Q>,
  tell: ((progress: string) => void) | undefined,
): Promise<z.infer<A>> {
  return withLocalPorts(target, tell, (ports) => operation.run(ports, request));
}

/** Opens what operations need of the local environment, works with it, and closes it. */
export async function withLocalPorts<T>(
  target: Target,
  tell: ((progress: string) => void) | undefined,
  work: (ports: OperationPorts) => Promise<T>,
): Promise<T> {
  const clients = {
    tables: new DynamoDBClient(target.awsClientConfig),
    queues: new SQSClient({ ...target.awsClientConfig, useQueueUrlAsEndpoint: false }),
    functions: new LambdaClient({
      ...target.invokeClientConfig,
      requestHandler: { requestTimeout: INVOCATION_TIMEOUT_MS, throwOnRequestTimeout: true },
    }),
  };
  const { outputs, brokers, kafka } = target;
  const access = {
    topicName: outputs.topicName,
    clusterArn: outputs.clusterArn,
    operationsTableName: outputs.operationsTableName,
    consumers: consumerPlaces(target),
    ...clients,
    kafka,
    brokers,
  };
  try {
    return await withStage(access, { deadline: WITHOUT_END, ...(tell === undefined ? {} : { tell }) }, work);
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}

function consumerPlaces({ outputs }: Target): Readonly<Record<string, ConsumerPlace>> {
  return Object.fromEntries(
    topology.consumers.map(({ name, consumerGroupId, batchSize, dedupe }) => [
      name,
      {
        groupId: consumerGroupId,
        queueUrl: outputs.deadLetterQueueUrls[name],
        functionName: outputs.functionNames[name],
        rehearsalFunctionName: outputs.rehearsalNames[name],
        batchSize,
        ...(dedupe.kind === 'forEver' ? {} : { remembersDays: dedupe.afterDays }),
      },
    ]),
  );
}
