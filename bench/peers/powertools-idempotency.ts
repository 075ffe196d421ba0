import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { OrderEventWire } from '../../functions/kernel/order-event-schema.ts';
import { loadPeer } from './load-peer.ts';

type Work<T> = (order: OrderEventWire) => Promise<T>;

interface Idempotency {
  readonly makeIdempotent: <T>(work: Work<T>, options: object) => Work<T>;
  readonly IdempotencyConfig: new (options: { readonly eventKeyJmesPath: string }) => {
    readonly registerLambdaContext: (context: object) => void;
  };
}

interface Persistence {
  readonly DynamoDBPersistenceLayer: new (options: {
    readonly tableName: string;
    readonly awsSdkV3Client: DynamoDBClient;
  }) => object;
}

/** Powertools' idempotency around an effect: a marker in progress, the effect, the marker completed. */
export function onceByPowertools<T>(
  work: Work<T>,
  store: { readonly client: DynamoDBClient; readonly tableName: string; readonly context: object },
): Work<T> {
  const { makeIdempotent, IdempotencyConfig } = loadPeer('@aws-lambda-powertools/idempotency') as Idempotency;
  const { DynamoDBPersistenceLayer } = loadPeer('@aws-lambda-powertools/idempotency/dynamodb') as Persistence;
  const { client, tableName, context } = store;
  const persistenceStore = new DynamoDBPersistenceLayer({ tableName, awsSdkV3Client: client });
  const config = new IdempotencyConfig({ eventKeyJmesPath: 'id' });
  config.registerLambdaContext(context);
  return makeIdempotent(work, { persistenceStore, config });
}
