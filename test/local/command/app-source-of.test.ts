import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { appSourceOf } from '../../../local/command/app-source-of.ts';

let base: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'app-source-'));
  for (const [folder, file] of [
    ['out', 'manifest.json'],
    ['project', 'cdk.json'],
    ['else', 'notes.txt'],
  ] as const) {
    await mkdir(join(base, folder));
    await writeFile(join(base, folder, file), '{}');
  }
});

afterEach(() => rm(base, { recursive: true }));

describe('--app', () => {
  test('takes a cloud assembly unchanged', () => {
    expect(appSourceOf('out', base)).toEqual({ kind: 'assembly', directory: join(base, 'out') });
  });

  test("synthesizes a CDK project in the project's own folder", () => {
    expect(appSourceOf('project', base)).toEqual({
      kind: 'cdk',
      directory: join(base, 'project'),
      arguments: [],
    });
  });

  test.each(['npx cdk synth', 'npm run synth', 'npx cdk synthesize --strict'])(
    'runs %s as a shell would',
    (command) => {
      expect(appSourceOf(command, base)).toEqual({ kind: 'command', directory: base, command });
    },
  );

  test("hands any other command to the toolkit, as the toolkit's own --app does", () => {
    expect(appSourceOf('node bin/app.js', base)).toEqual({
      kind: 'cdk',
      directory: base,
      arguments: ['--app', 'node bin/app.js'],
    });
  });

  test('refuses a folder that holds neither', () => {
    expect(() => appSourceOf('else', base)).toThrow(
      `${join(base, 'else')} holds neither a cloud assembly (manifest.json) nor a CDK project (cdk.json): synthesize it first.`,
    );
  });

  test('rejects a missing path', () => {
    expect(() => appSourceOf('cdk.out', base)).toThrow(
      `--app cdk.out is neither a folder (in ${base}) nor a command`,
    );
  });
});
