import { Duration } from 'aws-cdk-lib/core';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { StageConfig } from '../config/stage-config.ts';
import { paceEnvironment } from '../topology/pace-environment.ts';
import type { ConsumerSpec } from '../topology/topology-types.ts';
import { ConsumerFunction } from './consumer-function.ts';
import { ConsumerPolicy } from './consumer-policy.ts';
import { ConsumerTable } from './consumer-table.ts';
import { DataKey } from './data-key.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { EncryptedLogGroup } from './encrypted-log-group.ts';
import { KafkaEventSourceMapping } from './kafka-event-source-mapping.ts';

export interface OrderConsumerProps {
  readonly spec: ConsumerSpec;
  readonly duty: ConsumerDuty;
  readonly topic: { readonly clusterArn: string; readonly topicArn: string; readonly topicName: string };
  readonly deadLetterQueueName: string;
  readonly pollers: { readonly minimum: number; readonly maximum: number; readonly groupName: string };
  readonly reservedConcurrentExecutions?: number | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly logRetentionDays: StageConfig['logRetentionDays'];
  readonly logLevel: StageConfig['applicationLogLevel'];
}

/** The properties of one consumer's handler that the others do not share. */
export interface ConsumerDuty {
  /** The `dynamodb:` calls it makes on its own table. */
  readonly tableActions: readonly string[];
  /** True watches its table for hot keys. */
  readonly hotKeys: boolean;
  /** Settings in addition to those of every consumer. */
  readonly environment: Readonly<Record<string, string>>;
  /** Permissions outside its own table and queue. */
  readonly statements: readonly PolicyStatement[];
}

/** One consumer group of the topic, complete: mapping, function, table, dead-letter queue, logs, key and role. */
export class OrderConsumer extends Construct {
  readonly function: ConsumerFunction;
  readonly table: ConsumerTable;
  readonly deadLetterQueue: DeadLetterQueue;
  readonly mapping: KafkaEventSourceMapping;
  readonly encryptionKey: DataKey;
  readonly #props: OrderConsumerProps;

  constructor(scope: Construct, id: string, props: OrderConsumerProps) {
    super(scope, id);
    this.#props = props;
    this.encryptionKey = new DataKey(this, 'Key', {
      description: `Data, queue and logs of the consumer ${props.spec.name}`,
    });
    this.encryptionKey.allowLogGroups();
    this.table = new ConsumerTable(this, 'Table', {
      encryptionKey: this.encryptionKey,
      contributorInsights: props.duty.hotKeys,
    });
    this.deadLetterQueue = new DeadLetterQueue(this, 'DeadLetterQueue', {
      queueName: props.deadLetterQueueName,
      encryptionKey: this.encryptionKey,
      retention: Duration.days(props.spec.deadLetterRetentionDays),
    });
    const logGroup = new EncryptedLogGroup(this, 'Logs', {
      encryptionKey: this.encryptionKey,
      retentionDays: props.logRetentionDays,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const policy = this.#createPolicy(role, logGroup);
    this.function = this.#createFunction(role, logGroup);
    this.mapping = this.#createMapping(policy);
  }

  get spec(): ConsumerSpec {
    return this.#props.spec;
  }

  /** The settings of the handler, by the names of their environment variables. */
  get handlerEnvironment(): Readonly<Record<string, string>> {
    const { spec, duty, environment, logLevel } = this.#props;
    return {
      ...environment,
      ...duty.environment,
      ...paceEnvironment(spec.pace),
      CONSUMER_GROUP_ID: spec.consumerGroupId,
      TABLE_NAME: this.table.tableName,
      DLQ_URL: this.deadLetterQueue.queueUrl,
      POWERTOOLS_SERVICE_NAME: spec.name,
      POWERTOOLS_LOG_LEVEL: logLevel,
    };
  }

  #createPolicy(role: Role, logGroup: LogGroup): ConsumerPolicy {
    const { spec, duty, topic } = this.#props;
    return new ConsumerPolicy(this, 'Policy', {
      description: `What the consumer ${spec.name} may do`,
      role,
      clusterArn: topic.clusterArn,
      topicArn: topic.topicArn,
      consumerGroupId: spec.consumerGroupId,
      table: this.table,
      tableActions: duty.tableActions,
      deadLetterQueue: this.deadLetterQueue,
      logGroup,
      encryptionKey: this.encryptionKey,
      duties: duty.statements,
    });
  }

  #createFunction(role: Role, logGroup: LogGroup): ConsumerFunction {
    const { spec, logLevel, reservedConcurrentExecutions } = this.#props;
    return new ConsumerFunction(this, 'Function', {
      description: `Consumes the topic for ${spec.name}`,
      entry: spec.handlerEntry,
      timeout: Duration.seconds(spec.functionTimeoutSeconds),
      memoryMegabytes: spec.functionMemoryMegabytes,
      role: role.withoutPolicyUpdates(),
      logGroup,
      logLevel,
      reservedConcurrentExecutions,
      environment: this.handlerEnvironment,
    });
  }

  #createMapping(policy: ConsumerPolicy): KafkaEventSourceMapping {
    const { spec, topic, pollers } = this.#props;
    return new KafkaEventSourceMapping(this, {
      target: this.function,
      clusterArn: topic.clusterArn,
      topicName: topic.topicName,
      consumerGroupId: spec.consumerGroupId,
      batchSize: spec.batchSize,
      maxBatchingWindow: Duration.seconds(spec.maxBatchingWindowSeconds),
      retryAttempts: spec.retryAttempts,
      maxRecordAge: Duration.hours(spec.maxRecordAgeHours),
      onFailure: this.deadLetterQueue,
      pollers,
      after: [policy],
    });
  }
}
