import {
  paginateDescribeAlarmHistory,
  paginateDescribeAlarms,
  type AlarmHistoryItem,
  type CloudWatchClient,
  type CompositeAlarm,
  type MetricAlarm,
  type StateValue,
} from '@aws-sdk/client-cloudwatch';
import * as z from 'zod';
import { parseJson } from '../parse-json.ts';

/** An alarm as CloudWatch has it. */
export interface AlarmStatus {
  readonly name: string;
  readonly state: StateValue;
  /** ISO 8601; absent where CloudWatch has none. */
  readonly since?: string;
  /** What decided, in CloudWatch's words. */
  readonly reason: string;
  /** The data points that decided, oldest first; empty for an alarm on other alarms, or before the first evaluation. */
  readonly points: readonly number[];
}

/** A change of an alarm's state. */
export interface AlarmChange {
  readonly name: string;
  /** ISO 8601. */
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

const TYPES = ['MetricAlarm', 'CompositeAlarm'] as const;
const ALARMS_OF_A_PAGE = 100;

/** The alarms whose names begin with a text, in the order of their names. */
export async function readAlarmStates(
  client: CloudWatchClient,
  namePrefix: string,
): Promise<readonly AlarmStatus[]> {
  const alarms: AlarmStatus[] = [];
  const pages = paginateDescribeAlarms(
    { client },
    { AlarmNamePrefix: namePrefix, AlarmTypes: [...TYPES], MaxRecords: ALARMS_OF_A_PAGE },
  );
  for await (const { MetricAlarms = [], CompositeAlarms = [] } of pages) {
    alarms.push(...[...MetricAlarms, ...CompositeAlarms].map(statusOf));
  }
  return alarms.toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
}

function statusOf(alarm: MetricAlarm | CompositeAlarm): AlarmStatus {
  const { AlarmName = '', StateValue = 'INSUFFICIENT_DATA', StateReason = '', StateReasonData } = alarm;
  const since = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp;
  return {
    name: AlarmName,
    state: StateValue,
    ...(since === undefined ? {} : { since: since.toISOString() }),
    reason: StateReason,
    points: pointsOf(StateReasonData),
  };
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html */
const reasonData = z.looseObject({ recentDatapoints: z.array(z.number()) });

function pointsOf(data: string | undefined): readonly number[] {
  return data === undefined ? [] : (reasonData.safeParse(parseJson(data)).data?.recentDatapoints ?? []);
}

/** The last changes of the alarms whose names begin with a text, newest first. */
export async function readAlarmHistory(
  client: CloudWatchClient,
  namePrefix: string,
  most: number,
): Promise<readonly AlarmChange[]> {
  const changes: AlarmChange[] = [];
  const pages = paginateDescribeAlarmHistory(
    { client },
    {
      AlarmTypes: [...TYPES],
      HistoryItemType: 'StateUpdate',
      ScanBy: 'TimestampDescending',
      MaxRecords: ALARMS_OF_A_PAGE,
    },
  );
  for await (const { AlarmHistoryItems = [] } of pages) {
    changes.push(
      ...AlarmHistoryItems.filter(({ AlarmName = '' }) => AlarmName.startsWith(namePrefix)).flatMap(changeOf),
    );
    if (changes.length >= most) break;
  }
  return changes.slice(0, most);
}

const historyData = z.looseObject({
  oldState: z.looseObject({ stateValue: z.string() }),
  newState: z.looseObject({ stateValue: z.string(), stateReason: z.string().optional() }),
});

/** The creation of an alarm is no change. */
function changeOf({ AlarmName = '', Timestamp, HistoryData }: AlarmHistoryItem): readonly AlarmChange[] {
  const { data } = historyData.safeParse(parseJson(HistoryData ?? ''));
  if (data === undefined || data.oldState.stateValue === data.newState.stateValue) return [];
  return [
    {
      name: AlarmName,
      at: Timestamp?.toISOString() ?? '',
      from: data.oldState.stateValue,
      to: data.newState.stateValue,
      reason: data.newState.stateReason ?? '',
    },
  ];
}
