import { join } from 'node:path';

import { z } from 'zod';

import { readAssemblyJson } from './assembly-file.ts';

const artifactSchema = z.looseObject({
  type: z.string(),
  environment: z.string().optional(),
  properties: z
    .looseObject({
      templateFile: z.string().optional(),
      stackName: z.string().optional(),
      file: z.string().optional(),
      directoryName: z.string().optional(),
    })
    .optional(),
});

const manifestSchema = z.looseObject({ artifacts: z.record(z.string(), artifactSchema).default({}) });

/** One thing that an assembly holds, such as a stack. */
export interface Artifact {
  readonly id: string;
  /** The folder that its files are in, relative to the assembly's: that of its `Stage`, or none. */
  readonly folder: string;
  readonly content: z.infer<typeof artifactSchema>;
}

/** The manifests of an assembly, and what stands in all of them. */
export interface Manifests {
  /** Relative to the assembly's folder. */
  readonly files: readonly string[];
  readonly artifacts: readonly Artifact[];
}

/** Reads an assembly's manifest, and that of every `Stage` in it: a `Stage` is an assembly of its own, in a folder. */
export async function readManifests(directory: string, folder = ''): Promise<Manifests> {
  const file = join(folder, 'manifest.json');
  const manifest = manifestSchema.parse(await readAssemblyJson(directory, file));
  const artifacts = Object.entries(manifest.artifacts).map(([id, content]) => ({ id, folder, content }));
  const stages = artifacts.flatMap(({ content: { type, properties } }) =>
    type === 'cdk:cloud-assembly' ? (properties?.directoryName ?? []) : [],
  );
  const inside = await Promise.all(stages.map((stage) => readManifests(directory, join(folder, stage))));
  return {
    files: [file, ...inside.flatMap(({ files }) => files)],
    artifacts: [...artifacts, ...inside.flatMap((stage) => stage.artifacts)],
  };
}
