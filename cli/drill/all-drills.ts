import type { Drill } from './drill.ts';
import { crashDrill } from './drills/crash.ts';
import { intruderDrill } from './drills/intruder.ts';
import { EVERY_OUTAGE, outageDrill } from './drills/outage.ts';
import { poisonDrill } from './drills/poison.ts';

const DRILLS = {
  poison: poisonDrill,
  outage: outageDrill(EVERY_OUTAGE),
  crash: crashDrill(),
  intruder: intruderDrill,
} as const satisfies Readonly<Record<string, Drill>>;

export const DRILL_NAMES = [
  'poison',
  'outage',
  'crash',
  'intruder',
] as const satisfies readonly (keyof typeof DRILLS)[];

export function drillOf(name: keyof typeof DRILLS): Drill {
  return DRILLS[name];
}
