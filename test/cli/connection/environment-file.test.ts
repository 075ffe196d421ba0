import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type * as environmentFile from '../../../cli/connection/environment-file.ts';
import type { EnvironmentDescription } from '../../../local/environment/control/environment-description.ts';

const ENVIRONMENT: EnvironmentDescription = {
  name: 'dev',
  region: 'us-east-1',
  bootstrapServers: '127.0.0.1:9092',
  awsEndpoint: 'http://127.0.0.1:4566',
  emailEndpoint: 'http://127.0.0.1:4566',
  isEndpointAdopted: false,
  data: 'new',
  lambdaEndpoint: 'http://127.0.0.1:1',
  controlEndpoint: 'http://127.0.0.1:2',
  controlToken: 'token',
  logsDirectory: '/logs',
  outputs: {},
  substitutions: [],
};

describe('the file that tells commands of an environment', () => {
  let directory: string;
  let file: string;
  let files: typeof environmentFile;
  const before = process.env['ORDERS_LOCAL_DIRECTORY'];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'environment-file-'));
    file = join(directory, 'environment.json');
    process.env['ORDERS_LOCAL_DIRECTORY'] = directory;
    files = await import('../../../cli/connection/environment-file.ts');
  });

  beforeEach(() => rm(file, { force: true }));

  afterAll(async () => {
    if (before === undefined) delete process.env['ORDERS_LOCAL_DIRECTORY'];
    else process.env['ORDERS_LOCAL_DIRECTORY'] = before;
    await rm(directory, { recursive: true });
  });

  test.each([
    { story: 'of other content', content: '{"mine":true}' },
    { story: 'of no JSON', content: 'mine' },
  ])('never replaces a file $story that somebody else put there', async ({ content }) => {
    await writeFile(file, content);

    await expect(files.requireOwnEnvironmentFile()).rejects.toThrow(
      `${file} is not a file of a local environment, and a start would replace it. Move it away, or set ` +
        'ORDERS_LOCAL_DIRECTORY to another folder.',
    );
    expect(await readFile(file, 'utf8')).toBe(content);
  });

  test('is replaced when it is of an environment, of another version of it too', async () => {
    await writeFile(file, '{"controlEndpoint":"http://127.0.0.1:2","controlToken":"old"}');

    await expect(files.requireOwnEnvironmentFile()).resolves.toBeUndefined();
  });

  test('says after an environment that broke why it did, and names no environment', async () => {
    await files.writeEnvironmentFile(ENVIRONMENT);

    await files.noteBrokenEnd(ENVIRONMENT, 'The broker is gone.');
    await files.removeEnvironmentFile(ENVIRONMENT);
    const [end, environment] = [await files.readBrokenEnd(), await files.readEnvironmentFile()];

    expect([end?.reason, environment]).toEqual(['The broker is gone.', undefined]);
    await expect(files.requireOwnEnvironmentFile()).resolves.toBeUndefined();
  });
});
