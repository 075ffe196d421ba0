import { expect, test } from '@jest/globals';
import {
  cpuBetween,
  memoryOf,
  usageOfProcess,
  type ProcessUsage,
} from '../../bench/harness/process-usage.ts';

const used = (pid: number, cpuMs: number): ProcessUsage => ({
  pid,
  command: 'node',
  cpuMs,
  memoryMib: 10,
  peakMib: 20,
});

test('CPU between two readings counts a process that began in between from its start, and none that ended', () => {
  const earlier = [used(1, 100), used(2, 500)];
  const later = [used(1, 130), used(3, 40)];

  const ms = cpuBetween(earlier, later);

  expect(ms).toBe(70);
});

test('the memory of processes is their sum', () => {
  expect(memoryOf([used(1, 0), used(2, 0)])).toBe(20);
});

test('a process has a command, CPU and memory, and its peak is no less than what it shares', () => {
  const [usage] = usageOfProcess(process.pid);

  expect(usage).toEqual({
    pid: process.pid,
    command: expect.stringContaining('node'),
    cpuMs: expect.any(Number),
    memoryMib: expect.any(Number),
    peakMib: expect.any(Number),
  });
  expect(usage?.memoryMib).toBeGreaterThan(1);
  expect(usage?.peakMib).toBeGreaterThanOrEqual(usage?.memoryMib ?? Number.NaN);
});

test('a process that has ended has no usage', () => {
  const beyondTheMostThatLinuxGives = 2 ** 22 + 1;

  expect(usageOfProcess(beyondTheMostThatLinuxGives)).toEqual([]);
});
