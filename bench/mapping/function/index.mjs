/**
 * The function that all contestants of the mapping's benches call. It appends one line to the file OUT for each
 * invocation, `<epoch ms> <records>`, from which the bench knows when each record was handled. WORK_MS is the time of
 * waiting for each record, which stands for a call of a store.
 */
import { openSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const out = openSync(process.env['OUT'] ?? '', 'a');
const workMs = Number(process.env['WORK_MS'] ?? 0);

/** @typedef {{ readonly value: string }} Received */
/** @typedef {{ readonly run: string, readonly dueAt: number }} Timed */
/** @typedef {{ readonly records: Readonly<Record<string, readonly Received[]>> }} Event */

const now = () => performance.timeOrigin + performance.now();
/** @param {number} count */
const note = (count) => writeSync(out, `${now().toFixed(1)} ${count}\n`);
/** @param {Event} event */
const recordsOf = ({ records }) => Object.values(records).flat();
const success = { batchItemFailures: [] };

/**
 * Does nothing.
 *
 * @param {Event} event
 */
export const count = async (event) => {
  note(recordsOf(event).length);
  return success;
};

/**
 * Parses each record and waits for its work, all records of the batch at once.
 *
 * @param {Event} event
 */
export const together = async (event) => {
  const records = recordsOf(event);
  await Promise.all(
    records.map(({ value }) => {
      JSON.parse(Buffer.from(value, 'base64').toString());
      return wait(workMs);
    }),
  );
  note(records.length);
  return success;
};

/**
 * Parses each record and waits for its work, one record after the other.
 *
 * @param {Event} event
 */
export const inOrder = async (event) => {
  for (const { value } of recordsOf(event)) {
    JSON.parse(Buffer.from(value, 'base64').toString());
    await wait(workMs);
    note(1);
  }
  return success;
};

/**
 * Notes for each record the run and the time since it was due to be sent: `<run> <ms>`.
 *
 * @param {Event} event
 */
export const latency = async (event) => {
  const records = recordsOf(event);
  const lines = records.map(({ value }) => {
    const { run, dueAt } = /** @type {Timed} */ (JSON.parse(Buffer.from(value, 'base64').toString()));
    return `${run} ${(now() - dueAt).toFixed(2)}\n`;
  });
  writeSync(out, lines.join(''));
  return success;
};
