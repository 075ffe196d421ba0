import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Command } from '@commander-js/extra-typings';
import { parameterOption, readOutsideValues } from '../../../local/command/outside-flags.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'values-'));
});

afterEach(() => rm(directory, { recursive: true }));

describe('values from outside', () => {
  test('are nothing without a flag', async () => {
    expect(await readOutsideValues({}, directory)).toEqual({
      parameters: {},
      exports: {},
      ssm: {},
      leaveOut: [],
    });
  });

  test('come from one file and from flags, which win', async () => {
    const file = { parameters: { A: 'file', B: 'file' }, ssm: { '/arn': 'file' }, leaveOut: ['Registry'] };
    await writeFile(join(directory, 'values.json'), JSON.stringify(file));

    const values = await readOutsideValues(
      {
        values: 'values.json',
        parameter: { A: 'flag' },
        export: { arn: 'flag' },
        leaveOut: ['AWS::Glue::*'],
      },
      directory,
    );

    expect(values).toEqual({
      parameters: { A: 'flag', B: 'file' },
      exports: { arn: 'flag' },
      ssm: { '/arn': 'file' },
      leaveOut: ['Registry', 'AWS::Glue::*'],
    });
  });

  test('in a file are refused where they are unknown or no text', async () => {
    await writeFile(join(directory, 'values.json'), JSON.stringify({ export: {}, ssm: { '/arn': 7 } }));

    await expect(readOutsideValues({ values: 'values.json' }, directory)).rejects.toThrow(
      /values\.json does not hold values from outside: .*ssm\.\/arn is not text; write the value in quotes.*export is unknown; remove it/,
    );
  });
});

test('a flag may be repeated, and its value may hold what its name may not', () => {
  const { parameter } = new Command()
    .addOption(parameterOption)
    .parse(['--parameter', 'Url=http://x?a=b', '--parameter', 'shop:Stage='], { from: 'user' })
    .opts();

  expect(parameter).toEqual({ Url: 'http://x?a=b', 'shop:Stage': '' });
});
