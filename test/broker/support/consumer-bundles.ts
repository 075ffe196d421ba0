import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectDirectory } from '../../../cli/project-folders.ts';
import { bundleHandler } from '../../../lib/constructs/bundle-handler.ts';
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
  for (const { name, handlerEntry } of topology.consumers) {
    await mkdir(directoryOf(name));
    bundleHandler(join(projectDirectory, entries[name] ?? handlerEntry), directoryOf(name));
  }
  return { directoryOf, remove: () => rm(root, { recursive: true, force: true }) };
}
