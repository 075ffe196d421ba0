import type { Alarm, AlarmState } from '../alarm.ts';
import { AlarmEvaluator, documentedOptions, type AlarmReport } from '../evaluator.ts';
import type { ResolvedResource } from '../read-alarms.ts';
import type { ReadSamples } from '../read-points.ts';
import { judgeable, type Judgeable } from './judgeable.ts';
import { actionsFor, notificationOf, type Notification } from './notification.ts';
import { wantedBy, type Wanted } from './wanted.ts';

/** A state as it is set. */
export interface SetState {
  readonly alarm: string;
  readonly state: AlarmState;
  readonly reason: string;
  /** JSON. */
  readonly data: string | undefined;
}

/** What a watch needs of the outside. */
export interface AlarmPorts {
  readonly region: string;
  /** Reads metrics up to but without `to`. */
  readonly read: (wanted: readonly Wanted[], to: number) => Promise<ReadSamples>;
  readonly setState: (state: SetState) => Promise<void>;
  readonly publish: (topicArn: string, notification: Notification) => Promise<void>;
}

/** Decides the states of alarms at an endpoint. */
export interface AlarmWatch {
  /** What is judged. */
  readonly alarms: readonly Alarm[];
  /** Those that cannot be judged here keep the state with which they were created. */
  readonly refused: Judgeable['refused'];
  /**
   * Judges all alarms that are due at `now`, in epoch milliseconds of the metrics' clock, and sets the states that changed.
   *
   * @throws {Error} when the endpoint does not answer; what was not set is set the next time.
   */
  evaluate(now: number): Promise<void>;
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html */
const LONGEST_REASON = 1_023;
/** With them, the data of a reason stay below their 4,000 characters. */
const MOST_POINTS = 150;

/**
 * Watches alarms at an endpoint that does not judge them itself. It reads metrics, and sets states, by CloudWatch's API alone, so
 * a look there shows the same as on AWS. The endpoint notifies the topics of an alarm when its state is set. It does not know
 * suppressors, so this watch notifies the topics of alarms with one, when CloudWatch would.
 */
export function createAlarmWatch(resources: readonly ResolvedResource[], ports: AlarmPorts): AlarmWatch {
  const { alarms, refused } = judgeable(resources);
  const evaluator = new AlarmEvaluator(alarms);
  const suppressed = suppressedByName(alarms, resources);
  /** The state that was set last, by alarm. */
  const told = new Map<string, AlarmState>();

  async function setState({ alarm, state, reason, points }: AlarmReport, now: number): Promise<void> {
    const data = points.length === 0 ? undefined : reasonData(points, now);
    await ports.setState({ alarm, state, reason: reason.slice(0, LONGEST_REASON), data });
    told.set(alarm, state);
  }

  async function tellTopics(report: AlarmReport, resource: ResolvedResource, at: number): Promise<void> {
    const { properties } = resource;
    for (const topic of actionsFor(report.state, resource).filter(isTopic)) {
      await ports.publish(topic, notificationOf(report, { properties, region: ports.region, at }));
    }
  }

  return {
    alarms,
    refused,
    evaluate: async (now) => {
      const wanted = wantedBy(alarms, now, documentedOptions.extraPeriods);
      const { reports, actions } = evaluator.evaluate(await ports.read(wanted, now), now);
      for (const report of reports) {
        if (told.get(report.alarm) !== report.state) await setState(report, now);
      }
      for (const report of actions) {
        const resource = suppressed.get(report.alarm);
        if (resource !== undefined) await tellTopics(report, resource, now);
      }
    },
  };
}

function suppressedByName(
  alarms: readonly Alarm[],
  resources: readonly ResolvedResource[],
): ReadonlyMap<string, ResolvedResource> {
  const names = new Set(
    alarms.flatMap((alarm) =>
      alarm.kind === 'composite' && alarm.suppressor !== undefined ? [alarm.name] : [],
    ),
  );
  return new Map(
    resources.flatMap((resource) => {
      const name = nameOf(resource);
      return names.has(name) ? [[name, resource] as const] : [];
    }),
  );
}

function nameOf({ properties }: ResolvedResource): string {
  return typeof properties === 'object' && properties !== null && 'AlarmName' in properties
    ? String(properties.AlarmName)
    : '';
}

/** The points of the evaluation range, oldest first; those without data are left out, as CloudWatch does. */
function reasonData(points: readonly (number | undefined)[], now: number): string {
  const recentDatapoints = points.filter((point) => point !== undefined).slice(-MOST_POINTS);
  return JSON.stringify({ version: '1.0', queryDate: new Date(now).toISOString(), recentDatapoints });
}

const isTopic = (action: string): boolean => action.startsWith('arn:') && action.split(':')[2] === 'sns';
