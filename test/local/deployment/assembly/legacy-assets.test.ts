import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { assetIn } from '../../../../local/deployment/assembly/assets.ts';
import { readAssembly } from '../../../../local/deployment/assembly/assembly.ts';

const ID = 'c'.repeat(64);
const KEY = `AssetParameters${ID}S3VersionKey1`;

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'legacy-'));
  const write = (name: string, content: object): Promise<void> =>
    writeFile(join(root, name), JSON.stringify(content));
  await write('old.template.json', { Resources: {}, Parameters: { [KEY]: { Type: 'String' } } });
  await write('old.metadata.json', {
    '/old': [
      {
        type: 'aws:cdk:asset',
        data: {
          path: `asset.${ID}`,
          id: ID,
          packaging: 'zip',
          sourceHash: ID,
          s3BucketParameter: `AssetParameters${ID}S3Bucket1`,
          s3KeyParameter: KEY,
          artifactHashParameter: `AssetParameters${ID}ArtifactHash1`,
        },
      },
    ],
  });
  await write('manifest.json', {
    version: '55.0.0',
    artifacts: {
      old: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://unknown-account/unknown-region',
        properties: { templateFile: 'old.template.json' },
        additionalMetadataFile: 'old.metadata.json',
      },
    },
  });
});

afterEach(() => rm(root, { recursive: true }));

test('code of the legacy synthesizer is found by the parameters that it comes by', async () => {
  const { assets, stacks, manifests } = await readAssembly(root, 'eu-west-1');
  const code = { S3Key: { 'Fn::Select': [0, { 'Fn::Split': ['||', { Ref: KEY }] }] } };

  const asset = assetIn(code, assets);

  expect(asset).toEqual({ id: ID, objectKeys: [], path: join(root, `asset.${ID}`), packaging: 'zip' });
  expect(stacks[0]?.toolkitParameters.has(KEY)).toBe(true);
  expect(manifests).toContain('old.metadata.json');
});
