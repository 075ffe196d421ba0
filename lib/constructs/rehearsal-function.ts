import { Duration, Stack } from 'aws-cdk-lib/core';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { StageConfig } from '../config/stage-config.ts';
import { allow } from './allow.ts';
import { ConsumerFunction } from './consumer-function.ts';
import { EncryptedLogGroup } from './encrypted-log-group.ts';
import type { OrderConsumer } from './order-consumer.ts';

export interface RehearsalFunctionProps {
  readonly consumer: OrderConsumer;
  readonly config: Pick<StageConfig, 'applicationLogLevel' | 'logRetentionDays'>;
}

/**
 * A function that reports what a consumer would do with records, with the consumer's own code: the second entry of
 * the same bundle.
 *
 * It is a separate function, and not a setting of an event, because its role must not be able to have effects. No
 * event source mapping can use it either, because a mapping reads the brokers with the role of its function, and this
 * role may not.
 */
export class RehearsalFunction extends Construct {
  readonly functionArn: string;
  readonly functionName: string;

  constructor(scope: Construct, id: string, { consumer, config }: RehearsalFunctionProps) {
    super(scope, id);
    const { spec, encryptionKey } = consumer;
    const logGroup = new EncryptedLogGroup(this, 'Logs', {
      encryptionKey,
      retentionDays: config.logRetentionDays,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const policy = new ManagedPolicy(this, 'Policy', {
      description: `What a rehearsal of the consumer ${spec.name} may do`,
      roles: [role],
      statements: [
        allow('ReadTable', ['dynamodb:GetItem'], consumer.table.tableArn),
        allow('WriteOwnLogs', ['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn),
        this.#readThroughTable(consumer),
      ],
    });
    const rehearsal = new ConsumerFunction(this, 'Function', {
      description: `Tells what ${spec.name} would do with records, and does nothing`,
      entry: spec.handlerEntry,
      exported: 'rehearse',
      timeout: Duration.seconds(spec.functionTimeoutSeconds),
      memoryMegabytes: spec.functionMemoryMegabytes,
      role: role.withoutPolicyUpdates(),
      logGroup,
      logLevel: config.applicationLogLevel,
      environment: consumer.handlerEnvironment,
    });
    rehearsal.node.addDependency(policy);
    this.functionArn = rehearsal.functionArn;
    this.functionName = rehearsal.functionName;
  }

  #readThroughTable({ encryptionKey }: OrderConsumer): PolicyStatement {
    const { region, urlSuffix } = Stack.of(this);
    return new PolicyStatement({
      sid: 'UseKeyThroughTable',
      actions: ['kms:Decrypt'],
      resources: [encryptionKey.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${region}.${urlSuffix}` } },
    });
  }
}
