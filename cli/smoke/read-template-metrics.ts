import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  GetTemplateCommand,
  paginateDescribeStacks,
} from '@aws-sdk/client-cloudformation';
import * as z from 'zod';
import type { Target } from '../connection/target.ts';
import type { MetricId } from './healthy-metrics.ts';

const dimension = z.object({ Name: z.string(), Value: z.unknown() });
const metric = z.object({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(dimension).default([]),
});
const alarm = z.object({
  Type: z.literal('AWS::CloudWatch::Alarm'),
  Properties: z.object({
    Metrics: z.array(z.object({ MetricStat: z.object({ Metric: metric }).optional() })).default([]),
  }),
});
const template = z.object({ Resources: z.record(z.string(), z.unknown()) });

/**
 * The metrics in expressions of alarms, from the templates of the stacks whose names begin with a text. CloudWatch would tell
 * them of the alarms themselves, but MiniStack keeps no alarm on an expression.
 */
export async function readTemplateMetrics(
  { awsClientConfig }: Target,
  namePrefix: string,
): Promise<readonly MetricId[]> {
  const client = new CloudFormationClient(awsClientConfig);
  try {
    const metrics: MetricId[] = [];
    for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {})) {
      for (const { StackName = '' } of Stacks) {
        if (StackName.startsWith(namePrefix)) metrics.push(...(await metricsOfStack(client, StackName)));
      }
    }
    return metrics;
  } finally {
    client.destroy();
  }
}

async function metricsOfStack(client: CloudFormationClient, stackName: string): Promise<readonly MetricId[]> {
  const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName: stackName }));
  const { StackResources = [] } = await client.send(
    new DescribeStackResourcesCommand({ StackName: stackName }),
  );
  const ids = new Map(
    StackResources.map(({ LogicalResourceId, PhysicalResourceId }) => [
      LogicalResourceId,
      PhysicalResourceId,
    ]),
  );
  return metricsInExpressions(JSON.parse(TemplateBody), (logicalId) => ids.get(logicalId));
}

/**
 * The metrics in expressions of a template's alarms, but those with a dimension that only CloudFormation can resolve.
 *
 * @param physicalId - what a reference to a resource gives.
 */
export function metricsInExpressions(
  body: unknown,
  physicalId: (logicalId: string) => string | undefined,
): readonly MetricId[] {
  return Object.values(template.parse(body).Resources).flatMap((resource) => {
    const { data } = alarm.safeParse(resource);
    const metrics = data?.Properties.Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []) ?? [];
    return metrics.flatMap(({ Namespace: namespace, MetricName: name, Dimensions }) => {
      const values = Dimensions.map(({ Name, Value }) => [Name, textOf(Value, physicalId)] as const);
      const known = values.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
      return known.length === values.length
        ? [{ namespace, name, dimensions: Object.fromEntries(known) }]
        : [];
    });
  });
}

const reference = z.object({ Ref: z.string() });

function textOf(value: unknown, physicalId: (logicalId: string) => string | undefined): string | undefined {
  if (typeof value === 'string') return value;
  const { data } = reference.safeParse(value);
  return data && physicalId(data.Ref);
}
