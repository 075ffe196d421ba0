import { App, Stack } from 'aws-cdk-lib/core';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { clusterAlarms } from '../../lib/alarms/cluster-alarms.ts';
import { ClusterMetrics } from '../../lib/alarms/cluster-metrics.ts';
import { createAlarms } from '../../lib/alarms/create-alarms.ts';
import { describedAlarms, type DescribedAlarms } from './deployed-stage.ts';

/** What the names of these alarms begin with. */
export const EXPRESS_PREFIX = 'express-';

/** Synthesizes the alarms of a cluster with one Express broker: no stage of the project has such a cluster. */
export function expressAlarms(): DescribedAlarms {
  const app = new App();
  const stack = new Stack(app, 'Express');
  const specs = clusterAlarms({
    metrics: new ClusterMetrics('express', 1),
    brokers: { type: 'express', instanceType: 'express.m7g.large', storageAlarmGibibytes: 1_000 },
  });
  createAlarms(stack, specs, {
    prefix: EXPRESS_PREFIX.slice(0, -1),
    action: new SnsAction(new Topic(stack, 'Topic')),
  });
  const artifact = app.synth().getStackArtifact(stack.artifactId);
  const template: unknown = artifact.template;
  return describedAlarms([{ stackName: artifact.stackName, template }]);
}
