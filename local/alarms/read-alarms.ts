import type {
  Alarm,
  Comparison,
  CompositeAlarm,
  MetricAlarm,
  MetricName,
  MetricQuery,
  MissingData,
} from './alarm.ts';
import { Properties } from './properties.ts';

/** A resource of a template whose references are all resolved. */
export interface ResolvedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: unknown;
}

const COMPARISONS: readonly Comparison[] = [
  'GreaterThanThreshold',
  'GreaterThanOrEqualToThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
];
const TREATMENTS: readonly MissingData[] = ['missing', 'ignore', 'breaching', 'notBreaching'];
const DEFAULT_WAIT_SECONDS = 0;

/**
 * Reads the alarms of templates, in the properties of CloudFormation.
 *
 * @throws {Error} that names the alarm and the property when one cannot be judged here.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
 */
export function readAlarms(resources: readonly ResolvedResource[]): readonly Alarm[] {
  return resources.flatMap((resource): Alarm[] => {
    if (resource.type === 'AWS::CloudWatch::Alarm') return [metricAlarm(resource)];
    if (resource.type === 'AWS::CloudWatch::CompositeAlarm') return [compositeAlarm(resource)];
    return [];
  });
}

function metricAlarm(resource: ResolvedResource): MetricAlarm {
  const read = new Properties(resource.logicalId, resource.properties);
  const metrics = read.list('Metrics');
  const queries = metrics.length === 0 ? [plainQuery(read)] : metrics.map((entry) => query(entry));
  const evaluationPeriods = read.number('EvaluationPeriods');
  const metricQueries = queries.filter((one) => one.kind === 'metric');
  return {
    kind: 'metric',
    name: read.text('AlarmName'),
    queries,
    judged: metrics.length === 0 ? PLAIN : judgedOf(metrics, read),
    periodSeconds: onePeriod(
      metricQueries.map(({ periodSeconds }) => periodSeconds),
      read,
    ),
    comparison: read.oneOf('ComparisonOperator', COMPARISONS),
    threshold: read.number('Threshold'),
    evaluationPeriods,
    datapointsToAlarm: read.optionalNumber('DatapointsToAlarm') ?? evaluationPeriods,
    missingData: missingDataOf(read, metricQueries),
  };
}

/** The id of the only query of an alarm without metric math. */
const PLAIN = 'metric';

function plainQuery(read: Properties): MetricQuery {
  return {
    kind: 'metric',
    id: PLAIN,
    metric: metricName(read),
    statistic: read.optionalText('ExtendedStatistic') ?? read.text('Statistic'),
    periodSeconds: read.number('Period'),
  };
}

function query(read: Properties): MetricQuery {
  const id = read.text('Id');
  const expression = read.optionalText('Expression');
  if (expression !== undefined) return { kind: 'expression', id, expression };
  const stat = read.within('MetricStat');
  return {
    kind: 'metric',
    id,
    metric: metricName(stat.within('Metric')),
    statistic: stat.text('Stat'),
    periodSeconds: stat.number('Period'),
  };
}

function metricName(read: Properties): MetricName {
  return {
    namespace: read.text('Namespace'),
    name: read.text('MetricName'),
    dimensions: Object.fromEntries(
      read.list('Dimensions').map((dimension) => [dimension.text('Name'), dimension.text('Value')]),
    ),
  };
}

/** `ReturnData` is true unless something else is said. */
function judgedOf(metrics: readonly Properties[], read: Properties): string {
  const returned = metrics.filter((entry) => entry.value('ReturnData') !== false);
  const [only] = returned;
  if (only === undefined || returned.length > 1)
    throw read.refuse('Metrics', 'exactly one entry that returns data');
  return only.text('Id');
}

function onePeriod(periods: readonly number[], read: Properties): number {
  const [period] = periods;
  if (period === undefined || new Set(periods).size > 1 || period % 60 !== 0) {
    throw read.refuse('Period', 'one period of whole minutes for all metrics');
  }
  return period;
}

/**
 * Alarms on `AWS/DynamoDB` always ignore missing data, whatever they say.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
function missingDataOf(
  read: Properties,
  queries: readonly Extract<MetricQuery, { kind: 'metric' }>[],
): MissingData {
  if (queries.some(({ metric }) => metric.namespace === 'AWS/DynamoDB')) return 'ignore';
  return read.value('TreatMissingData') === undefined
    ? 'missing'
    : read.oneOf('TreatMissingData', TREATMENTS);
}

function compositeAlarm(resource: ResolvedResource): CompositeAlarm {
  const read = new Properties(resource.logicalId, resource.properties);
  const suppressor = read.optionalText('ActionsSuppressor');
  const alarm = { kind: 'composite', name: read.text('AlarmName'), rule: read.text('AlarmRule') } as const;
  if (suppressor === undefined) return alarm;
  return {
    ...alarm,
    suppressor: {
      alarm: suppressor.split(':alarm:').at(-1) ?? suppressor,
      waitSeconds: read.optionalNumber('ActionsSuppressorWaitPeriod') ?? DEFAULT_WAIT_SECONDS,
      extensionSeconds: read.optionalNumber('ActionsSuppressorExtensionPeriod') ?? DEFAULT_WAIT_SECONDS,
    },
  };
}
