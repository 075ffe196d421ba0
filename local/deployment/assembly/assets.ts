import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import type { CloudFormationStackArtifact } from '@aws-cdk/cloud-assembly-api';
import { z } from 'zod';

import type { Json } from './template.ts';

/** A file or folder of an assembly that the toolkit uploads. */
export interface Asset {
  readonly id: string;
  /** The object keys of the upload. Assets of the legacy synthesizer have no key before the deployment. */
  readonly objectKeys: readonly string[];
  /** Absolute. */
  readonly path: string;
  /** `zip`: a folder to pack into a zip file. `file`: a file to upload as it is. */
  readonly packaging: string;
}

/** The assets of one manifest, and their destination buckets. */
export interface AssetManifest {
  readonly assets: readonly Asset[];
  /** Names of buckets, with the toolkit's placeholders such as `${AWS::Region}` in them. */
  readonly buckets: readonly string[];
}

const assetManifestSchema = z.looseObject({
  files: z
    .record(
      z.string(),
      z.looseObject({
        source: z.looseObject({ path: z.string().optional(), packaging: z.string().optional() }),
        destinations: z.record(
          z.string(),
          z.looseObject({ objectKey: z.string(), bucketName: z.string().optional() }),
        ),
      }),
    )
    .default({}),
});

/** @param file - absolute path of an assets.json. */
export async function readAssetManifest(file: string): Promise<AssetManifest> {
  const { files } = assetManifestSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const assets = Object.entries(files).flatMap(([id, { source, destinations }]): Asset[] => {
    const { path, packaging = 'file' } = source;
    if (path === undefined) return [];
    const objectKeys = Object.values(destinations).map(({ objectKey }) => objectKey);
    return [{ id, objectKeys, path: resolve(dirname(file), path), packaging }];
  });
  const destinations = Object.values(files).flatMap((asset) => Object.values(asset.destinations));
  return { assets, buckets: destinations.flatMap(({ bucketName }) => bucketName ?? []) };
}

/** Reads the assets of the legacy synthesizer from a stack's metadata, and the parameters that pass them. */
export function legacyAssets({ assets: found, assembly }: CloudFormationStackArtifact): {
  readonly assets: readonly Asset[];
  readonly parameters: readonly string[];
} {
  const folder = assembly.directory;
  const ofFiles = found.filter((asset) => asset.packaging !== 'container-image');
  return {
    assets: ofFiles.map(({ id, path, packaging }) => ({
      id,
      objectKeys: [],
      path: join(folder, path),
      packaging,
    })),
    parameters: ofFiles.flatMap((asset) => [
      asset.s3BucketParameter,
      asset.s3KeyParameter,
      asset.artifactHashParameter,
    ]),
  };
}

/**
 * Finds the asset that a template refers to, such as a function's code, by its key or by its id in a parameter's
 * name.
 */
export function assetIn(value: Json, assets: readonly Asset[]): Asset | undefined {
  const text = JSON.stringify(value);
  return assets.find(({ id, objectKeys }) => [id, ...objectKeys].some((name) => text.includes(name)));
}
