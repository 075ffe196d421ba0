import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { readAssembly } from '../../../../local/deployment/assembly/assembly.ts';
import { writeAssembly } from '../../../../local/deployment/assembly/write-assembly.ts';

const TEMPLATE = '{"Resources":{"Queue":{"Type":"AWS::SQS::Queue"}}}';
const CODE_ID = 'c'.repeat(64);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

let root: string;
let source: string;

const writeJson = (name: string, content: unknown): Promise<void> =>
  writeFile(join(source, name), JSON.stringify(content));

/** Puts the assembly into a stage of a new one, which keeps the assets of all stages, as the CDK does. */
async function moveIntoStage(): Promise<void> {
  const stage = join(root, 'stage');
  await rename(source, stage);
  await mkdir(source);
  await rename(join(stage, `asset.${CODE_ID}`), join(source, `asset.${CODE_ID}`));
  await rename(stage, join(source, 'assembly-Beta'));
  const assets = join(source, 'assembly-Beta/app.assets.json');
  await writeFile(assets, (await readFile(assets, 'utf8')).replace('asset.', '../asset.'));
  await writeJson('manifest.json', {
    version: '55.0.0',
    artifacts: {
      'assembly-Beta': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Beta' } },
    },
  });
}

async function writeSource(environment: string): Promise<void> {
  const id = sha256(TEMPLATE);
  await mkdir(join(source, `asset.${CODE_ID}`), { recursive: true });
  await writeFile(join(source, `asset.${CODE_ID}`, 'index.js'), '');
  await writeFile(join(source, 'app.template.json'), TEMPLATE);
  await writeJson('app.assets.json', {
    files: {
      [CODE_ID]: {
        source: { path: `asset.${CODE_ID}`, packaging: 'zip' },
        destinations: { here: { objectKey: `${CODE_ID}.zip` } },
      },
      [id]: {
        source: { path: 'app.template.json', packaging: 'file' },
        destinations: { here: { objectKey: `${id}.json` } },
      },
    },
  });
  await writeJson('manifest.json', {
    version: '55.0.0',
    artifacts: {
      'app.assets': { type: 'cdk:asset-manifest', properties: { file: 'app.assets.json' } },
      app: {
        type: 'aws:cloudformation:stack',
        environment,
        properties: {
          templateFile: 'app.template.json',
          stackTemplateAssetObjectUrl: `s3://bucket/${id}.json`,
        },
      },
    },
  });
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'assembly-'));
  source = join(root, 'source');
  await writeSource('aws://unknown-account/eu-west-1');
});

afterEach(() => rm(root, { recursive: true }));

describe('readAssembly', () => {
  test('finds the stacks, their region and the folders of the assets', async () => {
    const assembly = await readAssembly(source, 'us-east-1');

    expect(assembly).toEqual({
      directory: source,
      accounts: new Set(),
      region: 'eu-west-1',
      stacks: [
        {
          stackName: 'app',
          region: 'eu-west-1',
          templateFile: 'app.template.json',
          template: { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: {} } } },
          toolkitParameters: new Set(),
          nested: new Map(),
        },
      ],
      manifests: ['manifest.json', 'app.assets.json'],
      assets: [
        {
          id: CODE_ID,
          objectKeys: [`${CODE_ID}.zip`],
          path: join(source, `asset.${CODE_ID}`),
          packaging: 'zip',
        },
        {
          id: sha256(TEMPLATE),
          objectKeys: [`${sha256(TEMPLATE)}.json`],
          path: join(source, 'app.template.json'),
          packaging: 'file',
        },
      ],
      bootstrap: { versionParameters: new Set(), buckets: new Set() },
    });
  });

  test('finds the stacks and the assets of a stage', async () => {
    await moveIntoStage();

    const { stacks, manifests, assets } = await readAssembly(source, 'us-east-1');

    expect(stacks.map(({ stackName, templateFile }) => [stackName, templateFile])).toEqual([
      ['app', 'assembly-Beta/app.template.json'],
    ]);
    expect(manifests).toEqual([
      'manifest.json',
      'assembly-Beta/manifest.json',
      'assembly-Beta/app.assets.json',
    ]);
    expect(assets.map(({ path }) => path)).toContain(join(source, `asset.${CODE_ID}`));
  });

  test('takes the default region for stacks that name none', async () => {
    await writeSource('aws://unknown-account/unknown-region');

    const { region } = await readAssembly(source, 'us-east-1');

    expect(region).toBe('us-east-1');
  });

  describe('refuses a file outside of the folder, and quotes nothing of it', () => {
    const SECRET = 'secret-of-another-folder';

    const artifacts: Readonly<Record<string, unknown>> = {
      template: { type: 'aws:cloudformation:stack', properties: { templateFile: '../outside/secret.json' } },
      'asset manifest': { type: 'cdk:asset-manifest', properties: { file: '../outside/secret.json' } },
      stage: { type: 'cdk:cloud-assembly', properties: { directoryName: '../outside' } },
      'template behind a link': {
        type: 'aws:cloudformation:stack',
        properties: { templateFile: 'link.json' },
      },
    };

    test.each(Object.entries(artifacts))('%s', async (_story, artifact) => {
      await mkdir(join(root, 'outside'));
      await writeFile(join(root, 'outside/secret.json'), SECRET);
      await writeFile(join(root, 'outside/manifest.json'), SECRET);
      await symlink(join(root, 'outside/secret.json'), join(source, 'link.json'));
      await writeJson('manifest.json', {
        version: '55.0.0',
        artifacts: {
          app: { type: 'aws:cloudformation:stack', properties: { templateFile: 'app.template.json' } },
          other: artifact,
        },
      });

      const error = await readAssembly(source, 'us-east-1').catch((caught: unknown) => String(caught));

      expect(error).toContain('which is outside of its folder');
      expect(error).not.toContain('secret-of');
    });
  });

  test('quotes nothing of a template that is not JSON', async () => {
    await writeFile(join(source, 'app.template.json'), 'secret: yes');

    const reading = readAssembly(source, 'us-east-1');

    await expect(reading).rejects.toThrow(
      new Error(`${join(source, 'app.template.json')} is not JSON: synthesize the cloud assembly again`),
    );
  });
});

describe('writeAssembly', () => {
  test('gives a changed template a new asset id everywhere, and leaves other assets theirs', async () => {
    const target = join(root, 'target');
    const changed = { Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: {} } } };

    await writeAssembly(await readAssembly(source, 'us-east-1'), new Map([['app.template.json', changed]]), {
      directory: target,
      withImages: true,
    });

    const text = await readFile(join(target, 'app.template.json'), 'utf8');
    const manifests = await Promise.all(
      ['manifest.json', 'app.assets.json'].map((name) => readFile(join(target, name), 'utf8')),
    );
    const [manifest = '', assets = ''] = manifests;
    expect(JSON.parse(text)).toEqual(changed);
    expect(manifests.join('')).not.toContain(sha256(TEMPLATE));
    expect(manifest).toContain(`s3://bucket/${sha256(text)}.json`);
    expect(assets).toContain(`"objectKey":"${sha256(text)}.json"`);
    expect(assets).toContain(`"objectKey":"${CODE_ID}.zip"`);
  });

  test("gives a stage's changed template a new asset id in the stage's own manifests", async () => {
    await moveIntoStage();
    const target = join(root, 'target');
    const changed = { Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: {} } } };

    await writeAssembly(
      await readAssembly(source, 'us-east-1'),
      new Map([['assembly-Beta/app.template.json', changed]]),
      { directory: target, withImages: true },
    );

    const [text = '', ...manifests] = await Promise.all(
      ['app.template.json', 'manifest.json', 'app.assets.json'].map((name) =>
        readFile(join(target, 'assembly-Beta', name), 'utf8'),
      ),
    );
    const hasNewId = manifests.map((manifest) => manifest.includes(sha256(text)));
    expect(JSON.parse(text)).toEqual(changed);
    expect(hasNewId).toEqual([true, true]);
    expect(manifests.join('')).not.toContain(sha256(TEMPLATE));
  });

  test('lets a stage that is deployed alone find the assets that lie beside its folder', async () => {
    await moveIntoStage();
    const target = join(root, 'target');

    await writeAssembly(await readAssembly(join(source, 'assembly-Beta'), 'us-east-1'), new Map(), {
      directory: target,
      withImages: true,
    });

    const { assets } = await readAssembly(target, 'us-east-1');
    expect(assets.find(({ id }) => id === CODE_ID)?.path).toBe(join(source, `asset.${CODE_ID}`));
  });

  test("makes the account that a stack names the endpoint's own, in templates and manifests alike", async () => {
    await writeSource('aws://123456789012/eu-west-1');
    const target = join(root, 'target');

    const { accounts, stacks, ...assembly } = await readAssembly(source, 'us-east-1');
    await writeAssembly({ ...assembly, accounts, stacks }, new Map(), {
      directory: target,
      withImages: true,
    });

    const manifest = await readFile(join(target, 'manifest.json'), 'utf8');
    expect([...accounts]).toEqual(['123456789012']);
    expect(JSON.parse(manifest)).toMatchObject({
      artifacts: { app: { environment: 'aws://000000000000/eu-west-1' } },
    });
  });

  test('leaves the source unchanged', async () => {
    const assembly = await readAssembly(source, 'us-east-1');

    await writeAssembly(assembly, new Map([['app.template.json', { Resources: {} }]]), {
      directory: join(root, 'target'),
      withImages: true,
    });

    expect(await readFile(join(source, 'app.template.json'), 'utf8')).toBe(TEMPLATE);
    expect(await readAssembly(source, 'us-east-1')).toEqual(assembly);
  });
});
