import { Duration } from 'aws-cdk-lib/core';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { StageConfig } from '../config/stage-config.ts';
import { HandlerFunction } from './handler-function.ts';
import { logsUnderOwnKey } from './logs-under-own-key.ts';
import type { KafkaCluster } from './kafka-cluster.ts';
import { ProducerPolicy } from './producer-policy.ts';

export interface ProducerFunctionProps {
  readonly cluster: KafkaCluster;
  readonly topic: { readonly topicArn: string; readonly topicName: string };
  readonly config: Pick<StageConfig, 'currency' | 'logRetentionDays' | 'applicationLogLevel'>;
}

/**
 * A function that puts test orders on the topic when it is invoked. It runs inside the brokers' network, because
 * nothing outside can reach the brokers, and has the security group of the cluster's clients.
 */
export class ProducerFunction extends Construct {
  readonly functionName: string;

  constructor(scope: Construct, id: string, props: ProducerFunctionProps) {
    super(scope, id);
    const logGroup = logsUnderOwnKey(this, {
      description: 'Logs of the producer of test orders',
      retentionDays: props.config.logRetentionDays,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const policy = new ProducerPolicy(this, 'Policy', {
      role,
      clusterArn: props.cluster.clusterArn,
      topicArn: props.topic.topicArn,
      logGroup,
    });
    const producer = new HandlerFunction(this, 'Function', {
      description: 'Puts test orders on the topic',
      entry: 'functions/order-producer/handler.ts',
      // Finding the brokers, connecting and sending may each have to wait for a lost broker.
      timeout: Duration.minutes(1),
      memoryMegabytes: 512,
      role: role.withoutPolicyUpdates(),
      logGroup,
      logLevel: props.config.applicationLogLevel,
      network: props.cluster.network,
      environment: settings(props),
    });
    // Lambda checks the permissions for the network when it creates the function.
    producer.node.addDependency(policy);
    this.functionName = producer.functionName;
  }
}

function settings({ cluster, topic, config }: ProducerFunctionProps): Readonly<Record<string, string>> {
  return {
    CLUSTER_ARN: cluster.clusterArn,
    TOPIC_NAME: topic.topicName,
    KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
    // Selects the name of the MSK API that the interface endpoint serves: see service-endpoints.ts.
    AWS_USE_DUALSTACK_ENDPOINT: 'true',
    CURRENCY: config.currency,
    POWERTOOLS_SERVICE_NAME: 'order-producer',
    POWERTOOLS_LOG_LEVEL: config.applicationLogLevel,
  };
}
