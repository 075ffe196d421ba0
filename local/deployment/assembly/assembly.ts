import { dirname, join, resolve } from 'node:path';

import { z } from 'zod';

import { readAssemblyJson, readAssemblyText } from './assembly-file.ts';
import { readManifests, type Artifact } from './assembly-manifests.ts';
import { accountOf, inLocalAccount } from './local-account.ts';
import { parseTemplate, type Template } from './template.ts';

const assetManifestSchema = z.looseObject({
  files: z
    .record(
      z.string(),
      z.looseObject({
        source: z.looseObject({ path: z.string().optional(), packaging: z.string().optional() }),
        destinations: z.record(z.string(), z.looseObject({ objectKey: z.string() })),
      }),
    )
    .default({}),
});

export interface AssemblyStack {
  readonly stackName: string;
  readonly region: string;
  /** Relative to the assembly's folder. */
  readonly templateFile: string;
  readonly template: Template;
}

/** A cloud assembly, as `cdk synth --output` writes it. */
export interface Assembly {
  readonly directory: string;
  /** Those that its stacks name; in the templates they are the endpoint's own. */
  readonly accounts: ReadonlySet<string>;
  readonly region: string;
  readonly stacks: readonly AssemblyStack[];
  /** The manifest.json files, its own and one for each `Stage`, relative to its folder. */
  readonly manifests: readonly string[];
  /** The assets.json files, relative to its folder. */
  readonly assetManifests: readonly string[];
  /** Absolute path of each folder asset by the object key it is uploaded under. */
  readonly assetFolders: ReadonlyMap<string, string>;
}

/** What the CDK writes for a stack that goes to whatever region it is deployed to. */
const ANY_REGION = 'unknown-region';

/**
 * Reads a cloud assembly.
 *
 * @param defaultRegion - for an app none of whose stacks names a region
 * @throws Error when the stacks are not all in one region: an endpoint here is one region; and when it names a file that
 *   is outside of its folder
 */
export async function readAssembly(directory: string, defaultRegion: string): Promise<Assembly> {
  const { files: manifests, artifacts } = await readManifests(directory);
  const accounts = new Set(
    artifacts.flatMap(({ content: { environment = '' } }) => accountOf(environment) ?? []),
  );
  const stacks = await Promise.all(
    artifacts
      .filter(({ content }) => content.type === 'aws:cloudformation:stack')
      .map((artifact) => readStack(directory, artifact, accounts)),
  );
  const assetManifests = artifacts
    .filter(({ content }) => content.type === 'cdk:asset-manifest')
    .map(({ id, folder, content }) => join(folder, content.properties?.file ?? `${id}.json`));
  return {
    directory,
    accounts,
    region: onlyRegion(stacks, defaultRegion),
    stacks,
    manifests,
    assetManifests,
    assetFolders: await readAssetFolders(directory, assetManifests),
  };
}

async function readStack(
  directory: string,
  { id, folder, content: { environment = '', properties = {} } }: Artifact,
  accounts: ReadonlySet<string>,
): Promise<AssemblyStack> {
  const templateFile = join(folder, properties.templateFile ?? `${id}.template.json`);
  const text = await readAssemblyText(directory, templateFile);
  return {
    stackName: properties.stackName ?? id,
    region: environment.split('/').at(-1) ?? '',
    templateFile,
    template: parseTemplate(inLocalAccount(text, accounts)),
  };
}

async function readAssetFolders(
  directory: string,
  manifests: readonly string[],
): Promise<Map<string, string>> {
  const folders = new Map<string, string>();
  for (const file of manifests) {
    const { files } = assetManifestSchema.parse(await readAssemblyJson(directory, file));
    for (const { source, destinations } of Object.values(files)) {
      if (source.packaging !== 'zip' || source.path === undefined) continue;
      for (const { objectKey } of Object.values(destinations))
        folders.set(objectKey, resolve(directory, dirname(file), source.path));
    }
  }
  return folders;
}

function onlyRegion(stacks: readonly AssemblyStack[], defaultRegion: string): string {
  if (stacks.length === 0)
    throw new Error('the cloud assembly holds no stack, in no Stage either: nothing can be deployed');
  const regions = [...new Set(stacks.map(({ region }) => region))].filter((region) => region !== ANY_REGION);
  if (regions.length > 1)
    throw new Error(
      `the stacks of a locally deployed app must all be in one region, not in ${regions.join(', ')}: give the ` +
        "folder of one CDK Stage, such as cdk.out/assembly-Beta, or one region for all by the app's own context",
    );
  return regions[0] ?? defaultRegion;
}
