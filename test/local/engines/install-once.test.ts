import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';

import { installOnce, isInstalled } from '../../../local/engines/install-once.ts';
import { markOwnFolder } from '../../../local/helpers/own-folder.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'install-once-'));
});

afterEach(() => rm(directory, { recursive: true }));

const tool = (fill: (folder: string) => Promise<void>) => ({
  directory,
  folder: 'tool-1.0',
  proof: 'whole',
  fill,
});

const writeProof =
  (content: string) =>
  (folder: string): Promise<void> =>
    writeFile(join(folder, 'whole'), content);

describe('installOnce', () => {
  test('fills the folder on first use and leaves it alone afterwards', async () => {
    const fill = jest.fn(writeProof('first'));

    const first = await installOnce(tool(fill));
    const second = await installOnce(tool(fill));

    expect([first, second]).toEqual([join(directory, 'tool-1.0'), join(directory, 'tool-1.0')]);
    expect(fill).toHaveBeenCalledTimes(1);
    expect(await readdir(directory)).toEqual(['tool-1.0']);
  });

  test('shows nothing of an installation that fails, and tries again next time', async () => {
    const failing = tool(async (folder) => {
      await writeProof('half')(folder);
      throw new Error('the download broke off');
    });

    await expect(installOnce(failing)).rejects.toThrow('the download broke off');
    const left = await readdir(directory);
    const path = await installOnce(tool(writeProof('whole')));

    expect(left).toEqual([]);
    expect(await readFile(join(path, 'whole'), 'utf8')).toBe('whole');
  });

  test('does not exist while it is being filled', async () => {
    const seen: boolean[] = [];
    const installation = tool(async (folder) => {
      await writeProof('whole')(folder);
      seen.push(await isInstalled(installation));
    });

    await installOnce(installation);

    expect([...seen, await isInstalled(installation)]).toEqual([false, true]);
  });

  test('gives two that install at the same time the one that was whole first', async () => {
    const other = Promise.withResolvers<void>();
    const slow = installOnce(
      tool(async (folder) => {
        await other.promise;
        await writeProof('slow')(folder);
      }),
    );
    await installOnce(tool(writeProof('fast')));
    other.resolve();

    const path = await slow;

    expect(await readFile(join(path, 'whole'), 'utf8')).toBe('fast');
    expect(await readdir(directory)).toEqual(['tool-1.0']);
  });

  test('repeats an installation when its proof is missing', async () => {
    await markOwnFolder(join(directory, 'tool-1.0'));
    await writeFile(join(directory, 'tool-1.0', 'remains'), '');

    const path = await installOnce(tool(writeProof('whole')));

    expect((await readdir(path)).filter((name) => !name.startsWith('.'))).toEqual(['whole']);
  });

  test('rejects a folder of that name that somebody else created, and changes nothing in it', async () => {
    await mkdir(join(directory, 'tool-1.0'));
    await writeFile(join(directory, 'tool-1.0', 'mine'), '');

    const installing = installOnce(tool(writeProof('whole')));

    await expect(installing).rejects.toThrow(
      `${join(directory, 'tool-1.0')} is not empty, and msk-local did not create it`,
    );
    expect(await readdir(join(directory, 'tool-1.0'))).toEqual(['mine']);
  });
});
