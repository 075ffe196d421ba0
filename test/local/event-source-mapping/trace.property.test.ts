import { expect, jest, test } from '@jest/globals';
import * as fc from 'fast-check';
import { numberOfTraces } from './trace/number-of-traces.ts';
import { SimulatedMapping, type SimulatedSettings } from './trace/simulated-mapping.ts';
import { drain, settings, type Step, steps, take } from './trace/steps.ts';

const TRACES = numberOfTraces(process.env['TRACES']);

/** A trace takes 2 ms; the rest is for a busy machine, and for fast-check, which shortens a trace that fails. */
jest.setTimeout(Math.max(60_000, 60 * TRACES));

/** @returns what the reference model has to say against a mapping that goes through these steps. */
async function breachesOf(mappingSettings: SimulatedSettings, trace: readonly Step[]): Promise<string[]> {
  const mapping = new SimulatedMapping(mappingSettings);
  await mapping.join(0);
  for (const step of trace) await take(step, mapping);
  await drain(mapping);
  mapping.model.drained();
  return mapping.model.breaches;
}

test('whatever happens to its pollers, a mapping handles every record by the rules and commits nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(settings, steps, async (mappingSettings, trace) => {
      const breaches = await breachesOf(mappingSettings, trace);

      expect(breaches).toEqual([]);
    }),
    { numRuns: TRACES },
  );
});
