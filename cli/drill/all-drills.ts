import type { Drill } from './drill.ts';
import { crashDrill } from './drills/crash.ts';
import { intruderDrill } from './drills/intruder.ts';
import { EVERY_OUTAGE, outageDrill } from './drills/outage.ts';

const DRILLS = {
  outage: outageDrill(EVERY_OUTAGE),
  crash: crashDrill(),
  intruder: intruderDrill,
} as const satisfies Readonly<Record<string, Drill>>;

export const DRILL_NAMES = [
  'outage',
  'crash',
  'intruder',
] as const satisfies readonly (keyof typeof DRILLS)[];

export function drillOf(name: keyof typeof DRILLS): Drill {
  return DRILLS[name];
}
