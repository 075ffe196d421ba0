import { createRequire } from 'node:module';
import { join } from 'node:path';
import { benchDirectory } from '../harness/folders.ts';

const requireFromBench = createRequire(join(benchDirectory, 'package.json'));

/** Loads a package that only the benches have. The caller says what it uses of it: the project does not know its types. */
export function loadPeer(name: string): unknown {
  return requireFromBench(name);
}
