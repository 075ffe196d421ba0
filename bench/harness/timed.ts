/** The cost of work in this process. */
export interface Cost {
  /** Microseconds of CPU for each event, user and system. */
  readonly cpuUs: number;
  /** Events in a second of the clock. */
  readonly rate: number;
}

/** Runs work on a number of events, and measures it in this process. */
export async function timed(events: number, work: () => Promise<void>): Promise<Cost> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { cpuUs: (user + system) / events, rate: (events / ms) * 1_000 };
}
