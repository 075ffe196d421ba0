import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { lastError, lastErrors } from '../../../cli/demo/last-errors.ts';

const started = 'START RequestId: r Version: $LATEST';
const info = '{"level":"INFO","message":"Batch done"}';
const warning = '{"level":"WARN","message":"Batch done, with failures"}';
const failedReport = 'REPORT RequestId: r\tDuration: 3.00 ms\tStatus: error\tError Type: Runtime.ExitError';

describe('the last failure in a log of a function', () => {
  test.each([
    ['a warning, whatever follows it', [started, warning, started, info], warning],
    ['the later of two', ['{"level":"ERROR","message":"first"}', warning], warning],
    ["the function's own words, not Lambda's summary of them", [started, warning, failedReport], warning],
    ["Lambda's summary of a process that said nothing", [started, failedReport], failedReport],
    ['a timeout', ['T r Task timed out after 3.00 seconds'], 'T r Task timed out after 3.00 seconds'],
    ['nothing where all went well', [started, info], undefined],
  ])('is %s', (_story, lines, expected) => {
    expect(lastError(lines.join('\n'))).toBe(expected);
  });

  test('is shortened when it is too long', () => {
    const line = `{"level":"ERROR","message":"${'x'.repeat(1_000)}"}`;

    const error = lastError(line);

    expect(error).toBe(`${line.slice(0, 600)}…`);
  });
});

describe('the last failures of an environment', () => {
  let logsDirectory: string;

  beforeEach(async () => {
    logsDirectory = await mkdtemp(join(tmpdir(), 'logs-'));
  });
  afterEach(() => rm(logsDirectory, { recursive: true }));

  test('are those of the consumers that wrote one', async () => {
    await writeFile(join(logsDirectory, 'notify.log'), `${warning}\n`);
    await writeFile(join(logsDirectory, 'bill.log'), `${info}\n`);

    const errors = await lastErrors({
      name: 'dev',
      logsDirectory,
      outputs: {
        'order-events-dev-consumers': {
          BillingFunctionName: 'bill',
          InventoryFunctionName: 'never-invoked',
          NotificationsFunctionName: 'notify',
          BillingTableName: 'table',
        },
      },
    });

    expect(errors).toEqual([`notify wrote last: ${warning}`]);
  });
});
