import type { Duration } from 'aws-cdk-lib/core';
import type { DlqDestinationConfig, IEventSourceDlq, IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  EventSourceMapping,
  EventSourceMappingLogLevel,
  MetricType,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct, IDependable } from 'constructs';

export interface KafkaEventSourceMappingProps {
  readonly target: IFunction;
  readonly clusterArn: string;
  readonly topicName: string;
  readonly consumerGroupId: string;
  readonly batchSize: number;
  readonly maxBatchingWindow: Duration;
  readonly retryAttempts: number;
  readonly maxRecordAge: Duration;
  readonly onFailure: IQueue;
  readonly pollers: {
    readonly minimum: number;
    readonly maximum: number;
    /** Mappings with one group name share, and pay for, one set of event poller units. */
    readonly groupName: string;
  };
  /**
   * The constructs that must exist before the first poll, above all permissions, which Lambda checks when the mapping
   * is created.
   */
  readonly after: readonly IDependable[];
}

/**
 * An MSK event source mapping in provisioned mode with every setting written out.
 *
 * Its id holds topic and group because Lambda can change neither: a new value makes a new mapping instead of an update
 * that cannot work.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/msk-esm-parameters.html
 */
export class KafkaEventSourceMapping extends EventSourceMapping {
  constructor(scope: Construct, props: KafkaEventSourceMappingProps) {
    super(scope, `EventSourceMapping-${props.topicName}-${props.consumerGroupId}`, {
      target: props.target,
      eventSourceArn: props.clusterArn,
      kafkaTopic: props.topicName,
      kafkaConsumerGroupId: props.consumerGroupId,
      // LATEST would skip records that are produced while the mapping is created or updated.
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: props.batchSize,
      maxBatchingWindow: props.maxBatchingWindow,
      retryAttempts: props.retryAttempts,
      maxRecordAge: props.maxRecordAge,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      onFailure: new GrantedElsewhere(props.onFailure),
      provisionedPollerConfig: {
        minimumPollers: props.pollers.minimum,
        maximumPollers: props.pollers.maximum,
        pollerGroupName: props.pollers.groupName,
      },
      metricsConfig: { metrics: [MetricType.EVENT_COUNT, MetricType.ERROR_COUNT, MetricType.KAFKA_METRICS] },
      logLevel: EventSourceMappingLogLevel.INFO,
      enabled: true,
    });
    this.node.addDependency(...props.after);
  }
}

/** A queue as on-failure destination. CDK's own `SqsDlq` would add an inline policy beside the consumer's one policy. */
class GrantedElsewhere implements IEventSourceDlq {
  readonly #queue: IQueue;

  constructor(queue: IQueue) {
    this.#queue = queue;
  }

  bind(): DlqDestinationConfig {
    return { destination: this.#queue.queueArn };
  }
}
