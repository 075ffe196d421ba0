import { driveChunk } from './drive-chunk.ts';
import { LaneWindow } from './lane-window.ts';
import { pacer } from './pacer.ts';
import type { DriveCounts, DriveItem, DriveLimits, DrivenRecord, DrivePorts, DriveReport } from './ports.ts';
import { tooManyFailed } from './stop-rule.ts';

export interface Drive {
  readonly source: AsyncIterator<DriveItem>;
  readonly ports: DrivePorts;
  readonly limits: DriveLimits;
  /** The counts of earlier parts of the same run. */
  readonly before?: DriveCounts;
}

export const NOTHING_DRIVEN: DriveCounts = { applied: 0, leftOut: 0, failed: 0, heldBack: 0 };

/**
 * Redelivers the records of a source to one consumer. The order of each key is kept: one record of a key is in
 * progress at a time, and the first one without an effect holds back those after it. Records that already had their
 * effect are left out.
 *
 * @throws what a port throws; then nothing more is tried. Whatever was tried before has been settled, or is found to have
 * its effect when it is driven again.
 */
export async function drive({ source, ports, limits, before = NOTHING_DRIVEN }: Drive): Promise<DriveReport> {
  const window = new LaneWindow();
  const pace = pacer(limits.perSecond, ports);
  let counts = before;
  const note = async (driven: readonly DrivenRecord[]): Promise<void> => {
    if (driven.length === 0) return;
    await ports.settle(driven);
    counts = add(counts, driven);
  };
  for (;;) {
    await fill(window, source);
    await note(window.takeHeldBack());
    const stop = tooManyFailed(counts, limits.stopAbovePercent);
    if (stop !== undefined) return { counts, end: 'stopped', why: stop };
    if (window.isEmpty) {
      if (!(await fill(window, source))) return { counts, end: 'exhausted' };
      continue;
    }
    const why = await ports.interruption();
    if (why !== undefined) return { counts, end: 'interrupted', why };
    const chunk = window.takeNext({ ...limits, records: pace.most(limits.records) });
    const driven = await driveChunk(chunk, { ...ports, admit: pace.admit });
    for (const { record, fate } of driven) if (fate.kind === 'failed') window.block(record);
    await note(driven);
  }
}

/** @returns whether anything came. */
async function fill(window: LaneWindow, source: AsyncIterator<DriveItem>): Promise<boolean> {
  let came = false;
  while (!window.isFull) {
    const next = await source.next();
    if (next.done === true) break;
    window.add(next.value);
    came = true;
  }
  return came;
}

function add(counts: DriveCounts, driven: readonly DrivenRecord[]): DriveCounts {
  const sum = { ...counts };
  for (const { fate } of driven) sum[fate.kind] += 1;
  return sum;
}
