import { CfnOutput, Stack } from 'aws-cdk-lib/core';
import type { StackProps } from 'aws-cdk-lib/core';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import { clusterAlarms } from '../alarms/cluster-alarms.ts';
import { createAlarms } from '../alarms/create-alarms.ts';
import type { StageConfig } from '../config/stage-config.ts';
import { AlarmTopic } from '../constructs/alarm-topic.ts';
import { ProducerFunction } from '../constructs/producer-function.ts';
import type { StreamingStack } from './streaming-stack.ts';
import { watchedCluster } from './watched-cluster.ts';

export interface OperationsStackProps extends StackProps {
  readonly config: StageConfig;
  readonly streaming: StreamingStack;
  /** What names seen by operators begin with. */
  readonly prefix: string;
}

/** The topic for alarms, the alarms of the cluster, and a function for trying the stream. */
export class OperationsStack extends Stack {
  readonly alarmTopic: AlarmTopic;

  constructor(scope: Construct, id: string, props: OperationsStackProps) {
    super(scope, id, props);
    const { config, prefix } = props;
    const { cluster, topic } = props.streaming;
    this.alarmTopic = new AlarmTopic(this, 'AlarmTopic', { subscribers: config.alarms.subscribers });
    const watched = watchedCluster(config, cluster.clusterName);
    if (watched !== undefined) {
      createAlarms(new Construct(this, 'cluster'), clusterAlarms(watched), {
        prefix: `${prefix}-cluster`,
        action: new SnsAction(this.alarmTopic),
      });
    }
    const { functionName } = new ProducerFunction(this, 'Producer', { cluster, topic, config });
    new CfnOutput(this, 'ProducerFunctionName', { value: functionName });
  }
}
