import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { projectDirectory } from '../../../cli/project-folders.ts';
import type { ConsumerName } from '../../../lib/topology/topology.ts';
import { topology } from '../../../lib/topology/topology.ts';

/** The handlers as they are deployed, outside the project, where nothing of it can help them. */
export interface ConsumerBundles {
  directoryOf(consumer: ConsumerName): string;
  remove(): Promise<void>;
}

/** Bundles the three handlers as the CDK app does. @param entries - other files to begin with, from the root of the repository. */
export async function bundleConsumers(
  entries: Partial<Record<ConsumerName, string>> = {},
): Promise<ConsumerBundles> {
  const root = await mkdtemp(join(tmpdir(), 'consumer-bundles-'));
  const directoryOf = (consumer: ConsumerName): string => join(root, consumer);
  await Promise.all(
    topology.consumers.map(({ name, handlerEntry }) =>
      build({
        entryPoints: [join(projectDirectory, entries[name] ?? handlerEntry)],
        outfile: join(directoryOf(name), 'index.js'),
        bundle: true,
        minify: true,
        platform: 'node',
        target: 'node24',
        format: 'cjs',
        mainFields: ['module', 'main'],
        logLevel: 'error',
      }),
    ),
  );
  return { directoryOf, remove: () => rm(root, { recursive: true, force: true }) };
}
