import { createRequire } from 'node:module';
import { join } from 'node:path';
import { peersDirectory } from '../harness/folders.ts';

const requireFromPeers = createRequire(join(peersDirectory, 'package.json'));

/**
 * Loads a package that only the benches have. The caller declares the part that it uses, because the project does not
 * have its types.
 */
export function loadPeer(name: string): unknown {
  return requireFromPeers(name);
}
