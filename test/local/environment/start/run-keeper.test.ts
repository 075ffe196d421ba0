import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readLastRun, type LastRun } from '../../../../local/environment/plan/last-run.ts';
import { createRunKeeper, type RunKeeper } from '../../../../local/environment/start/run-keeper.ts';

const RUN: LastRun = {
  name: 'dev',
  kafka: '3.9.2',
  ministack: '1.5.33',
  awsPort: 4566,
  emulatorState: 'behind',
  baseline: { g: { t: { '0': 12 } } },
};

describe('the notes of a run for the next one', () => {
  let data: string;
  let keeper: RunKeeper;

  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'run-keeper-'));
    keeper = createRunKeeper({ bootstrapServers: '127.0.0.1:1', dataDirectory: data, run: RUN });
  });

  afterEach(() => rm(data, { recursive: true }));

  test('is that the tables are up to date, when the emulator saved them', async () => {
    await keeper.emulatorSaved();

    await expect(readLastRun(data, RUN)).resolves.toEqual({ ...RUN, emulatorState: 'saved' });
  });

  test('is that everything has to be read again, when the emulator lost its tables, whatever it saved after that', async () => {
    await keeper.emulatorEmptied();
    await keeper.emulatorSaved();

    await expect(readLastRun(data, RUN)).resolves.toEqual({ ...RUN, emulatorState: 'none', baseline: {} });
  });
});
