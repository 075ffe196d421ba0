/* oxlint-disable import/no-default-export -- Jest makes an object of the default export. */
import { createRequire } from 'node:module';
import type * as testSequencer from '@jest/test-sequencer';

// The default import would have the type of the CommonJS file and the value of the other one.
const { default: TestSequencer } = createRequire(import.meta.url)(
  '@jest/test-sequencer',
) as typeof testSequencer.default;

type Tests = Parameters<InstanceType<typeof TestSequencer>['sort']>[0];

/** The projects by how long their files take; Jest knows no times in a clean clone. */
const LONGEST_FIRST = ['environment', 'faults', 'browser', 'broker', 'infra'];

/** The part of Jest's test that the order needs. */
export interface ProjectTest {
  readonly context: { readonly config: { readonly displayName?: { readonly name: string } } };
}

/** The tests by project; those of one project, and of projects that take milliseconds, stay in their order. */
export function byProject<T extends ProjectTest>(tests: readonly T[]): T[] {
  return tests.toSorted((one, other) => turnOf(one) - turnOf(other));
}

function turnOf({ context }: ProjectTest): number {
  const turn = LONGEST_FIRST.indexOf(context.config.displayName?.name ?? '');
  return turn === -1 ? LONGEST_FIRST.length : turn;
}

/** Starts what takes long first, so that no worker is left alone with it at the end. */
export default class LongestFirst extends TestSequencer {
  override async sort(tests: Tests): Promise<Tests> {
    // oxlint-disable-next-line unicorn/no-array-sort -- The sequencer of Jest is no array.
    const failedAndLongestFirst = await super.sort(tests);
    return byProject(failedAndLongestFirst);
  }
}
