import { plainTable } from '../terminal/plain-table.ts';
import type { AlarmChange, AlarmStatus } from './read-alarm-states.ts';

/** Styles a text, or leaves it as it is. */
export type Paint = (style: 'red' | 'yellow' | 'green', text: string) => string;

export interface AlarmsTextOptions {
  /** What all names begin with; it is left out of the table. */
  readonly namePrefix: string;
  readonly paint: Paint;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Worst first. */
const STATES = ['ALARM', 'INSUFFICIENT_DATA', 'OK'] as const;
const STYLES = { ALARM: 'red', INSUFFICIENT_DATA: 'yellow', OK: 'green' } as const;

/** The states of alarms, those in ALARM first, each with what decided. */
export function alarmsText(alarms: readonly AlarmStatus[], options: AlarmsTextOptions): string {
  const { namePrefix, paint, now } = options;
  if (alarms.length === 0) return `No alarm has a name that begins with ${namePrefix}`;
  const byState = STATES.map((state) => alarms.filter((alarm) => alarm.state === state));
  const rows = byState
    .flat()
    .map(({ name, state, since, reason }) => [
      paint(STYLES[state], state),
      name.slice(namePrefix.length),
      since === undefined ? '' : ageText(now - Date.parse(since)),
      reason,
    ]);
  const counts = STATES.map((state, index) => `${byState[index]?.length ?? 0} ${state}`).join(', ');
  return [
    `${alarms.length} alarms of ${namePrefix.replace(/-$/, '')}: ${counts}`,
    '',
    plainTable({ head: ['STATE', 'ALARM', 'FOR', 'WHAT DECIDED'], rows }),
  ].join('\n');
}

/** Changes of states, the newest last. */
export function historyText(changes: readonly AlarmChange[], options: AlarmsTextOptions): string {
  const { namePrefix, paint } = options;
  if (changes.length === 0) return `No alarm of ${namePrefix.replace(/-$/, '')} has changed its state yet.`;
  const rows = changes
    .toReversed()
    .map(({ at, name, from, to, reason }) => [
      at.slice(0, 'yyyy-mm-ddThh:mm:ss'.length).replace('T', ' '),
      name.slice(namePrefix.length),
      `${from} → ${paint(styleOf(to), to)}`,
      reason,
    ]);
  return plainTable({ head: ['WHEN (UTC)', 'ALARM', 'CHANGE', 'WHAT DECIDED'], rows });
}

const styleOf = (state: string): 'red' | 'yellow' | 'green' =>
  STATES.filter((known) => known === state).map((known) => STYLES[known])[0] ?? 'yellow';

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const;

/** A length of time in its largest unit, such as `3 min`. */
function ageText(milliseconds: number): string {
  const [unit, length] = UNITS.find(([, of]) => milliseconds >= of) ?? ['s', 1_000];
  return `${Math.max(0, Math.floor(milliseconds / length))} ${unit}`;
}
