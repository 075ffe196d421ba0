import type { Drill, DrillReport } from './drill.ts';
import { judge } from './judgement.ts';
import { Rehearsal, type RehearsalOptions } from './rehearsal.ts';
import { countTimeouts } from './world/count-timeouts.ts';
import type { World } from './world/world.ts';

/** Runs a drill in a world that may have seen others before, and ends with the audit of everything in it. */
export async function runDrill(world: World, drill: Drill, options: RehearsalOptions): Promise<DrillReport> {
  const rehearsal = new Rehearsal(world, options);
  await drill.run(rehearsal);
  await rehearsal.step('every group catches up', () => rehearsal.recover());
  const audit = await rehearsal.step('the audit', () => rehearsal.audit());
  const { unclearSms, unsettled } = world.witness;
  const timeouts = await countTimeouts(world.logsDirectory);
  // Lag that stays is among the problems of the rehearsal already.
  const found = judge({ report: audit, isDrained: true, unclearSms, unsettled, timeouts });
  const problems = [...rehearsal.problems, ...found.map(({ kind, what }) => `${kind}: ${what}`)];
  return { drill: drill.name, ok: problems.length === 0, steps: rehearsal.steps, problems, audit };
}
