import type { AlarmsView, AlarmView } from '../../console/model/watch-views.ts';
import { readAlarmHistory, readAlarmStates } from '../alarms/read-alarm-states.ts';
import { withMetricClient } from '../connection/aws-clients.ts';
import type { Target } from '../connection/target.ts';

const MOST_CHANGES = 100;

/** Reads the stage's alarms as `orders alarms` does, those first that ring. */
export async function readAlarms(target: Target): Promise<AlarmsView> {
  const namePrefix = `${target.outputs.namePrefix}-`;
  return await withMetricClient(target, async (client) => {
    const alarms = await readAlarmStates(client, namePrefix);
    const changes = await readAlarmHistory(client, namePrefix, MOST_CHANGES);
    return { alarms: alarms.toSorted((one, other) => LOUDNESS[one.state] - LOUDNESS[other.state]), changes };
  });
}

const LOUDNESS: Readonly<Record<AlarmView['state'], number>> = { ALARM: 0, INSUFFICIENT_DATA: 1, OK: 2 };
