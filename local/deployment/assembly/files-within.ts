import { join } from 'node:path';

import { z } from 'zod';

import { readAssemblyJson } from './assembly-file.ts';

const manifestSchema = z.looseObject({
  artifacts: z
    .record(
      z.string(),
      z.looseObject({
        type: z.string(),
        additionalMetadataFile: z.string().optional(),
        properties: z
          .looseObject({
            templateFile: z.string().optional(),
            file: z.string().optional(),
            directoryName: z.string().optional(),
          })
          .optional(),
      }),
    )
    .default({}),
});

/** The properties of an artifact that name a file to read. */
const FILES_OF: ReadonlyMap<string, 'templateFile' | 'file'> = new Map([
  ['aws:cloudformation:stack', 'templateFile'],
  ['cdk:asset-manifest', 'file'],
]);

/**
 * Checks that all files that an assembly's manifests name are JSON inside its folder. The CDK's own reader would
 * follow a path anywhere.
 *
 * @throws Error whose message never quotes a file
 */
export async function requireFilesWithin(directory: string, folder = ''): Promise<void> {
  const { artifacts } = manifestSchema.parse(
    await readAssemblyJson(directory, join(folder, 'manifest.json')),
  );
  for (const { type, properties, additionalMetadataFile } of Object.values(artifacts)) {
    const property = FILES_OF.get(type);
    const named = [property && properties?.[property], additionalMetadataFile];
    for (const file of named.filter((name) => name !== undefined))
      await readAssemblyJson(directory, join(folder, file));
    if (type === 'cdk:cloud-assembly' && properties?.directoryName !== undefined)
      await requireFilesWithin(directory, join(folder, properties.directoryName));
  }
}
