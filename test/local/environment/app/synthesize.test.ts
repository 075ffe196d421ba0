import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { synthesize } from '../../../../local/environment/app/synthesize.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'synthesize-'));
});

afterEach(() => rm(directory, { recursive: true }));

describe('synthesize', () => {
  test('takes an existing cloud assembly without touching it', async () => {
    const source = { kind: 'assembly', directory: '/assembly' } as const;

    await expect(synthesize(source, { outputDirectory: directory })).resolves.toBe('/assembly');
  });

  test('tells a command where to write and which region to use, the way the toolkit reads it', async () => {
    const command = 'echo "$AWS_REGION" > "$CDK_OUTPUT/manifest.json"';

    const folder = await synthesize(
      { kind: 'command', directory: tmpdir(), command },
      { outputDirectory: directory, region: 'eu-west-1' },
    );

    expect(folder).toBe(directory);
    await expect(readFile(join(folder, 'manifest.json'), 'utf8')).resolves.toBe('eu-west-1\n');
  });

  test.each([
    {
      story: 'a command that fails, with what it wrote last',
      command: 'echo no such stack >&2; exit 1',
      message: 'The CDK app does not synthesize:\nno such stack',
    },
    {
      story: 'a command that fails on a long line, with the beginning of the line',
      command: `printf '%s\\n%500s^\\nat app.js\\n' ${'x'.repeat(400)} ''; exit 1`,
      message: `The CDK app does not synthesize:\n${'x'.repeat(300)}…\n…\nat app.js`,
    },
    {
      story: 'a command that fails, with the reason above the frames of its stack',
      command: `exec >&2; echo 'x [ERROR] Could not resolve "left-pad"'; for i in $(seq 60); do echo "    at f$i (/app/node_modules/lib/index.js:1:1)"; done; echo 'bundling failed'; exit 1`,
      message: 'The CDK app does not synthesize:\nx [ERROR] Could not resolve "left-pad"\nbundling failed',
    },
    {
      story: 'a command that writes elsewhere',
      command: 'echo done',
      message:
        'echo done wrote no cloud assembly to the folder in CDK_OUTPUT: let it call `cdk synth` without an --output of its own',
    },
  ])('refuses $story', async ({ command, message }) => {
    const source = { kind: 'command', directory, command } as const;

    await expect(synthesize(source, { outputDirectory: directory })).rejects.toThrow(message);
  });
});
