import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  paginateDescribeAlarms,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { isList, isObject, type JsonObject } from '../assembly/template.ts';
import type { ResourceHere } from '../assembly/absent-resources.ts';
import { awsClientSettings } from '../endpoint/aws-client-settings.ts';

/** Nobody publishes it, so the endpoint never judges an alarm on it. */
const STAND_IN_METRIC = { Namespace: 'msk-local', MetricName: 'DecidedHere' };

/** As many as one call takes. */
const NAMES_OF_A_CALL = 100;

/**
 * Makes alarms at an endpoint that have the names, words and actions of those of the templates, on a metric that nobody publishes.
 * Those of earlier deployments that the templates have no more are deleted.
 */
export async function makeStandInAlarms(
  alarms: readonly ResourceHere[],
  { endpoint, region }: { readonly endpoint: string; readonly region: string },
): Promise<void> {
  const client = new CloudWatchClient(awsClientSettings(endpoint, region));
  try {
    const wanted = alarms.map(standInAlarm);
    for (const alarm of wanted) await client.send(new PutMetricAlarmCommand(alarm));
    await deleteOthers(client, new Set(wanted.map(({ AlarmName }) => AlarmName)));
  } finally {
    client.destroy();
  }
}

async function deleteOthers(
  client: CloudWatchClient,
  wanted: ReadonlySet<string | undefined>,
): Promise<void> {
  const old: string[] = [];
  for await (const { MetricAlarms = [] } of paginateDescribeAlarms({ client }, { MaxRecords: 100 })) {
    old.push(
      ...MetricAlarms.filter(
        ({ Namespace, AlarmName }) => Namespace === STAND_IN_METRIC.Namespace && !wanted.has(AlarmName),
      ).map(({ AlarmName = '' }) => AlarmName),
    );
  }
  for (let from = 0; from < old.length; from += NAMES_OF_A_CALL) {
    await client.send(new DeleteAlarmsCommand({ AlarmNames: old.slice(from, from + NAMES_OF_A_CALL) }));
  }
}

/**
 * The alarm that stands in for one of a template. The endpoint knows no suppressor, so it carries out no actions of an alarm that
 * has one: who decides its state does.
 */
function standInAlarm({ properties }: ResourceHere): PutMetricAlarmCommandInput {
  const {
    AlarmName,
    AlarmDescription,
    ActionsEnabled,
    ActionsSuppressor,
    ComparisonOperator,
    TreatMissingData,
  } = properties;
  return {
    ...STAND_IN_METRIC,
    AlarmName: text(AlarmName),
    ...(AlarmDescription !== undefined && { AlarmDescription: text(AlarmDescription) }),
    ActionsEnabled: ActionsEnabled !== false && ActionsSuppressor === undefined,
    AlarmActions: texts(properties, 'AlarmActions'),
    OKActions: texts(properties, 'OKActions'),
    InsufficientDataActions: texts(properties, 'InsufficientDataActions'),
    Dimensions: dimensionsOf(properties),
    Statistic: 'Maximum',
    Period: Number(properties['Period'] ?? 60),
    EvaluationPeriods: Number(properties['EvaluationPeriods'] ?? 1),
    Threshold: Number(properties['Threshold'] ?? 0),
    ComparisonOperator: COMPARISONS.find((known) => known === ComparisonOperator) ?? 'GreaterThanThreshold',
    ...(TreatMissingData !== undefined && { TreatMissingData: text(TreatMissingData) }),
  };
}

const COMPARISONS = [
  'GreaterThanThreshold',
  'GreaterThanOrEqualToThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] as const;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function texts(properties: JsonObject, name: string): string[] {
  const value = properties[name];
  return isList(value) ? value.map(text) : [];
}

/** Those of an alarm without metric math, for people who look it up by what it watches. */
function dimensionsOf({ Dimensions }: JsonObject): { Name: string; Value: string }[] {
  if (Dimensions === undefined || !isList(Dimensions)) return [];
  return Dimensions.flatMap((one) =>
    isObject(one) ? [{ Name: text(one['Name']), Value: text(one['Value']) }] : [],
  );
}
