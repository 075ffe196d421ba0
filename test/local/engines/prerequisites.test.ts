import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { kafkaLocation } from '../../../local/engines/kafka-installation.ts';
import { miniStackLocation } from '../../../local/engines/ministack-installation.ts';
import { missingPrerequisites } from '../../../local/engines/prerequisites.ts';
import type { RunTool } from '../../../local/engines/tools.ts';

const JAVA = expect.stringMatching(/^Java 17 or later is missing \(not found\)\. Debian.*macOS.*$/);
const MAVEN = expect.stringMatching(/^Apache Maven is missing \(not found\)\. Debian.*macOS.*$/);
const PYTHON = expect.stringMatching(
  /^Python 3\.10 or later with venv is missing \(not found\)\. Debian.*macOS.*$/,
);

const emptyMachine: RunTool = () => Promise.resolve(undefined);

const BOTH = { kafka: true, ministack: true };

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'prerequisites-'));
});

afterEach(() => rm(directory, { recursive: true }));

describe('missingPrerequisites', () => {
  test('reports everything that is missing together, one line each', async () => {
    const lines = await missingPrerequisites(directory, BOTH, emptyMachine);

    expect(lines).toEqual([JAVA, MAVEN, PYTHON]);
  });

  test('asks only for Java once both engines are installed', async () => {
    for (const { folder, proof } of [kafkaLocation(directory), miniStackLocation(directory)]) {
      await mkdir(join(directory, folder, proof, '..'), { recursive: true });
      await writeFile(join(directory, folder, proof), '');
    }

    const lines = await missingPrerequisites(directory, BOTH, emptyMachine);

    expect(lines).toEqual([JAVA]);
  });

  test.each([
    { engines: { kafka: false, ministack: true }, lines: [PYTHON] },
    { engines: { kafka: true, ministack: false }, lines: [JAVA, MAVEN] },
    { engines: { kafka: false, ministack: false }, lines: [] },
  ])('asks for nothing on behalf of an engine that runs already: $engines', async ({ engines, lines }) => {
    await expect(missingPrerequisites(directory, engines, emptyMachine)).resolves.toEqual(lines);
  });
});
