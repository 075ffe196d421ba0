import { join, relative } from 'node:path';

import {
  AssetManifestArtifact,
  CloudAssembly,
  type CloudFormationStackArtifact,
} from '@aws-cdk/cloud-assembly-api';

import { readAssemblyText } from './assembly-file.ts';
import { legacyAssets, readAssetManifest, type Asset } from './assets.ts';
import { requireFilesWithin } from './files-within.ts';
import { accountOf, inLocalAccount } from './local-account.ts';
import { nestedStacks, type TemplateFile } from './nested-stacks.ts';
import { parseTemplate } from './template.ts';

export interface AssemblyStack extends TemplateFile {
  readonly stackName: string;
  readonly region: string;
  /** The parameters that the CDK toolkit itself sets. */
  readonly toolkitParameters: ReadonlySet<string>;
}

/** A cloud assembly, as `cdk synth --output` writes it. */
export interface Assembly {
  readonly directory: string;
  /** The accounts that its stacks name. In the templates they are replaced by the endpoint's account. */
  readonly accounts: ReadonlySet<string>;
  readonly region: string;
  readonly stacks: readonly AssemblyStack[];
  /** The files besides templates that contain asset ids: manifests and metadata, relative to its folder. */
  readonly manifests: readonly string[];
  readonly assets: readonly Asset[];
  readonly bootstrap: BootstrapNeeds;
}

/** The resources that an endpoint needs before the toolkit can deploy to it. */
export interface BootstrapNeeds {
  /** Names of SSM parameters with the version of the bootstrap resources. */
  readonly versionParameters: ReadonlySet<string>;
  /** Names of the buckets for assets, with the toolkit's placeholders in them. */
  readonly buckets: ReadonlySet<string>;
}

/** The CDK's value for a stack without a region of its own. */
const ANY_REGION = 'unknown-region';

/** Settings that also load manifests of newer CDK versions: the fields used here exist in every version. */
const ANY_VERSION = { skipVersionCheck: true, skipEnumCheck: true, topoSort: false } as const;

/**
 * Reads a cloud assembly.
 *
 * @param defaultRegion - the region of an app whose stacks name none
 * @throws Error when the stacks are not all in one region, because an endpoint is one region, and when the assembly
 * names a file outside of its folder
 */
export async function readAssembly(directory: string, defaultRegion: string): Promise<Assembly> {
  await requireFilesWithin(directory);
  const parts = withStages(new CloudAssembly(directory, ANY_VERSION));
  const artifacts = parts.flatMap((part) => part.stacks);
  const accounts = new Set(artifacts.flatMap(({ environment }) => accountOf(environment.account) ?? []));
  const assetFiles = parts.flatMap(({ artifacts: found }) =>
    found
      .filter((artifact) => AssetManifestArtifact.isAssetManifestArtifact(artifact))
      .map(({ file }) => file),
  );
  const listed = await Promise.all(assetFiles.map(readAssetManifest));
  const assets = unique([
    ...listed.flatMap((manifest) => manifest.assets),
    ...artifacts.flatMap((artifact) => legacyAssets(artifact).assets),
  ]);
  const stacks = await Promise.all(
    artifacts.map((artifact) => readStack(artifact, { directory, accounts, assets })),
  );
  return {
    directory,
    accounts,
    region: onlyRegion(stacks, defaultRegion),
    stacks,
    manifests: [
      ...parts.map((part) => join(part.directory, 'manifest.json')),
      ...assetFiles,
      ...artifacts.flatMap(metadataFile),
    ].map((file) => relative(directory, file)),
    assets,
    bootstrap: {
      versionParameters: new Set(
        artifacts.flatMap(({ bootstrapStackVersionSsmParameter: name }) => name ?? []),
      ),
      buckets: new Set(listed.flatMap(({ buckets }) => buckets)),
    },
  };
}

/** Lists an assembly and the nested assembly of every `Stage` in it. */
const withStages = (assembly: CloudAssembly): readonly CloudAssembly[] => [
  assembly,
  ...assembly.nestedAssemblies.flatMap(({ nestedAssembly }) => withStages(nestedAssembly)),
];

const metadataFile = ({ manifest, assembly }: CloudFormationStackArtifact): readonly string[] =>
  manifest.additionalMetadataFile === undefined
    ? []
    : [join(assembly.directory, manifest.additionalMetadataFile)];

/** Removes duplicates: stages that share an asset each list it. */
const unique = (assets: readonly Asset[]): readonly Asset[] => [
  ...new Map(assets.map((asset) => [`${asset.id} ${asset.path}`, asset])).values(),
];

interface Surroundings extends Pick<Assembly, 'directory' | 'accounts' | 'assets'> {}

async function readStack(
  artifact: CloudFormationStackArtifact,
  { directory, accounts, assets }: Surroundings,
): Promise<AssemblyStack> {
  const read = async (file: string) =>
    parseTemplate(inLocalAccount(await readAssemblyText(directory, file), accounts));
  const templateFile = relative(directory, artifact.templateFullPath);
  const template = await read(templateFile);
  return {
    stackName: artifact.stackName,
    region: artifact.environment.region,
    templateFile,
    template,
    toolkitParameters: new Set(legacyAssets(artifact).parameters),
    nested: await nestedStacks(template, { directory, assets, read }),
  };
}

function onlyRegion(stacks: readonly AssemblyStack[], defaultRegion: string): string {
  if (stacks.length === 0)
    throw new Error(
      'the cloud assembly contains no stack, not even in a Stage, so there is nothing to deploy: add a stack and synthesize it again',
    );
  const regions = [...new Set(stacks.map(({ region }) => region))].filter((region) => region !== ANY_REGION);
  if (regions.length > 1)
    throw new Error(
      `the stacks of a locally deployed app must all be in one region, not in ${regions.join(', ')}: give the ` +
        "folder of one CDK Stage, such as cdk.out/assembly-Beta, or one region for all by the app's own context",
    );
  return regions[0] ?? defaultRegion;
}
