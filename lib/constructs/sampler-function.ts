import { Duration, Validations } from 'aws-cdk-lib/core';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { StageConfig } from '../config/stage-config.ts';
import type { ConsumerSpec, TopicSpec } from '../topology/topology-types.ts';
import { HandlerFunction } from './handler-function.ts';
import { logsUnderOwnKey } from './logs-under-own-key.ts';
import type { KafkaCluster } from './kafka-cluster.ts';
import { SamplerPolicy } from './sampler-policy.ts';

export interface SamplerFunctionProps {
  readonly cluster: KafkaCluster;
  readonly topic: { readonly topicArn: string; readonly topicName: string };
  readonly retentionHours: TopicSpec['retentionHours'];
  readonly consumers: readonly Pick<ConsumerSpec, 'consumerGroupId'>[];
  readonly namespace: string;
  readonly config: Pick<StageConfig, 'pollers' | 'logRetentionDays' | 'applicationLogLevel'>;
}

/**
 * A function that publishes once a minute what CloudWatch does not know about the consumer groups: progress of each
 * partition, true lag, retention at risk, intruders. It runs in the brokers' network and publishes through its log,
 * which needs no endpoint.
 */
export class SamplerFunction extends Construct {
  constructor(scope: Construct, id: string, props: SamplerFunctionProps) {
    super(scope, id);
    const logGroup = logsUnderOwnKey(this, {
      description: 'Logs of the sampler of the consumer groups',
      retentionDays: props.config.logRetentionDays,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const policy = new SamplerPolicy(this, 'Policy', {
      role,
      clusterArn: props.cluster.clusterArn,
      topicArn: props.topic.topicArn,
      consumerGroupIds: props.consumers.map(({ consumerGroupId }) => consumerGroupId),
      logGroup,
    });
    const sampler = new HandlerFunction(this, 'Function', {
      description: 'Tells once a minute how the consumer groups are doing',
      entry: 'functions/sampler/handler.ts',
      // A sample that takes longer than the interval is useless.
      timeout: Duration.seconds(50),
      memoryMegabytes: 512,
      role: role.withoutPolicyUpdates(),
      logGroup,
      logLevel: props.config.applicationLogLevel,
      network: props.cluster.network,
      environment: settings(props),
    });
    // Lambda checks the permissions for the network when it creates the function.
    sampler.node.addDependency(policy);
    const rule = new Rule(this, 'EveryMinute', {
      description: 'Takes a sample of the consumer groups',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(sampler, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
    });
    Validations.of(rule).acknowledge({
      id: 'Serverless::Serverless-EventBusDLQ',
      reason:
        'A sample that could not be asked for is worth nothing later: the next one is asked for a minute later.',
    });
  }
}

function settings(props: SamplerFunctionProps): Readonly<Record<string, string>> {
  const { cluster, topic, consumers, config, namespace, retentionHours } = props;
  return {
    CLUSTER_ARN: cluster.clusterArn,
    TOPIC_NAME: topic.topicName,
    KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
    // Selects the name of the MSK API that the interface endpoint serves: see service-endpoints.ts.
    AWS_USE_DUALSTACK_ENDPOINT: 'true',
    SAMPLED_GROUPS: JSON.stringify(
      consumers.map(({ consumerGroupId }) => ({
        groupId: consumerGroupId,
        maximumPollers: config.pollers.maximum,
      })),
    ),
    TOPIC_RETENTION_HOURS: `${retentionHours}`,
    POWERTOOLS_SERVICE_NAME: 'sampler',
    POWERTOOLS_METRICS_NAMESPACE: namespace,
    POWERTOOLS_LOG_LEVEL: config.applicationLogLevel,
  };
}
