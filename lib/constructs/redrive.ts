import { Duration, Stack } from 'aws-cdk-lib/core';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { StageConfig } from '../config/stage-config.ts';
import { ConsumerTable } from './consumer-table.ts';
import { DataKey } from './data-key.ts';
import { EncryptedLogGroup } from './encrypted-log-group.ts';
import { HandlerFunction } from './handler-function.ts';
import { consumerGroupArn } from './kafka-arns.ts';
import type { KafkaCluster } from './kafka-cluster.ts';
import type { ConsumerName } from '../topology/topology.ts';
import type { OrderConsumer } from './order-consumer.ts';
import { RedrivePolicy } from './redrive-policy.ts';
import { RehearsalFunction } from './rehearsal-function.ts';

export interface RedriveProps {
  readonly cluster: KafkaCluster;
  readonly topic: { readonly topicArn: string; readonly topicName: string };
  readonly consumers: readonly OrderConsumer[];
  readonly config: Pick<StageConfig, 'applicationLogLevel' | 'logRetentionDays'>;
}

/** A consumer, and the function that rehearses it. */
interface Rehearsed {
  readonly consumer: OrderConsumer;
  readonly rehearsal: RehearsalFunction;
}

/**
 * A function that redrives dead letters, inside the brokers' network. Its own table records tries, holds, leases and
 * the journal. Operators invoke it through `orders`; nothing else does.
 */
export class Redrive extends Construct {
  readonly functionName: string;
  readonly operationsTableName: string;
  /** By the name of the consumer. */
  readonly rehearsalFunctionNames: ReadonlyMap<ConsumerName, string>;

  constructor(scope: Construct, id: string, props: RedriveProps) {
    super(scope, id);
    const key = new DataKey(this, 'Key', { description: 'What redrive remembers, and its logs' });
    key.allowLogGroups();
    const table = new ConsumerTable(this, 'Table', { encryptionKey: key, contributorInsights: false });
    const logGroup = new EncryptedLogGroup(this, 'Logs', {
      encryptionKey: key,
      retentionDays: props.config.logRetentionDays,
    });
    const rehearsed = props.consumers.map((consumer) => this.#addRehearsal(consumer, props));
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const policy = new RedrivePolicy(this, 'Policy', {
      role,
      clusterArn: props.cluster.clusterArn,
      topicArn: props.topic.topicArn,
      queueArns: props.consumers.map(({ deadLetterQueue }) => deadLetterQueue.queueArn),
      groupArns: props.consumers.map(({ spec }) =>
        consumerGroupArn(props.cluster.clusterArn, spec.consumerGroupId),
      ),
      functionArns: rehearsed.flatMap(({ consumer, rehearsal }) => [
        consumer.function.functionArn,
        rehearsal.functionArn,
      ]),
      queueKeyArns: props.consumers.map(({ encryptionKey }) => encryptionKey.keyArn),
      table,
      encryptionKey: key,
      logGroup,
    });
    const redrive = new HandlerFunction(this, 'Function', {
      description: 'Lists, rehearses and redrives dead letters',
      entry: 'functions/redrive/handler.ts',
      // A part of a run takes a minute, and the invocation in progress at its end may take as long as the consumer's
      // timeout.
      timeout: Duration.minutes(5),
      // Ten thousand messages are in memory at once. More memory also means more CPU.
      memoryMegabytes: 1024,
      role: role.withoutPolicyUpdates(),
      logGroup,
      logLevel: props.config.applicationLogLevel,
      network: props.cluster.network,
      environment: {
        CLUSTER_ARN: props.cluster.clusterArn,
        TOPIC_NAME: props.topic.topicName,
        KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
        // Selects the name of the MSK API that the interface endpoint serves: see service-endpoints.ts.
        AWS_USE_DUALSTACK_ENDPOINT: 'true',
        OPERATIONS_TABLE_NAME: table.tableName,
        CONSUMERS: this.#places(rehearsed),
        POWERTOOLS_SERVICE_NAME: 'redrive',
        POWERTOOLS_LOG_LEVEL: props.config.applicationLogLevel,
      },
    });
    // Lambda checks the permissions for the network when it creates the function.
    redrive.node.addDependency(policy);
    this.functionName = redrive.functionName;
    this.operationsTableName = table.tableName;
    this.rehearsalFunctionNames = new Map(
      rehearsed.map(({ consumer, rehearsal }) => [consumer.spec.name, rehearsal.functionName]),
    );
  }

  #addRehearsal(consumer: OrderConsumer, { config }: RedriveProps): Rehearsed {
    const id = `Rehearsal-${consumer.spec.name}`;
    return { consumer, rehearsal: new RehearsalFunction(this, id, { consumer, config }) };
  }

  /** As `functions/redrive/consumer-places.ts` reads it. */
  #places(rehearsed: readonly Rehearsed[]): string {
    return Stack.of(this).toJsonString(
      Object.fromEntries(
        rehearsed.map(({ consumer, rehearsal }) => [
          consumer.spec.name,
          {
            groupId: consumer.spec.consumerGroupId,
            queueUrl: consumer.deadLetterQueue.queueUrl,
            functionName: consumer.function.functionName,
            rehearsalFunctionName: rehearsal.functionName,
            batchSize: consumer.spec.batchSize,
            ...(consumer.spec.dedupe.kind === 'forEver'
              ? {}
              : { remembersDays: consumer.spec.dedupe.afterDays }),
          },
        ]),
      ),
    );
  }
}
