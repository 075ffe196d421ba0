import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readLastRun, writeLastRun, type LastRun } from '../../../../local/environment/plan/last-run.ts';

const RUN: LastRun = {
  name: 'dev',
  kafka: '3.9.2',
  ministack: '1.5.33',
  awsPort: 4566,
  emulatorState: 'saved',
  baseline: { 'billing-group': { 'order-events': { '0': 12 } } },
};

describe('the notes of the last run', () => {
  let data: string;

  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'last-run-'));
  });

  afterEach(() => rm(data, { recursive: true }));

  test('do not exist without a run', async () => {
    await expect(readLastRun(data, RUN)).resolves.toBeUndefined();
  });

  test('are read back unchanged', async () => {
    await writeLastRun(data, RUN);

    await expect(readLastRun(data, RUN)).resolves.toEqual(RUN);
  });

  test('do not match another stage or other engines, and the error lists every difference', async () => {
    await writeLastRun(data, RUN);

    const reading = readLastRun(data, { name: 'prod', kafka: '4.0.0', ministack: '1.5.33' });

    await expect(reading).rejects.toThrow(
      `The data in ${data} does not match this run: the app or stage was dev and is prod; the version of Kafka was ` +
        '3.9.2 and is 4.0.0. Start without --keep to delete it and start empty.',
    );
  });

  test('are rejected when they cannot be read', async () => {
    await writeFile(join(data, 'last-run.json'), '{');

    const reading = readLastRun(data, RUN);

    await expect(reading).rejects.toThrow(
      `${join(data, 'last-run.json')} cannot be read, so the kept data cannot be used: start without --keep to ` +
        'delete it and start empty.',
    );
  });
});
