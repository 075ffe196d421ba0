import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '#msk-local/environment/app/synthesize.ts';
import { orderEventsApp } from '../../order-events-app.ts';

/** Synthesizes the app once, works with its cloud assembly, and deletes that. */
export async function withAssembly<T>(work: (assembly: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'order-events-assembly-'));
  try {
    const source = orderEventsApp(['stage=dev', 'purpose=review']);
    return await work(await synthesize(source, { outputDirectory: join(directory, 'cdk.out') }));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
