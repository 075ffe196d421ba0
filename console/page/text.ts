/** Numbers and times as the page writes them. */

const whole = new Intl.NumberFormat('en');

export const count = (value: number): string => whole.format(Math.round(value));

/** `1 record`, `2 records`. */
export const plural = (value: number, noun: string): string =>
  `${count(value)} ${noun}${value === 1 ? '' : 's'}`;

/** `120 ms`, `4.2 s`, `3 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const timeOfDay = (at: number): string => clock.format(at);

const calendar = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** `14:03:59`, with the day before it when that is another one than today. */
export function dayAndTime(at: number): string {
  const day = calendar.format(at);
  return day === calendar.format(Date.now()) ? clock.format(at) : `${day}, ${clock.format(at)}`;
}

/** Partitions as ranges: `0-2, 5`. */
export function ranges(partitions: readonly number[]): string {
  const parts: string[] = [];
  let first: number | undefined;
  let last = Number.NaN;
  for (const partition of [...partitions.toSorted((a, b) => a - b), Number.NaN]) {
    if (first !== undefined && partition === last + 1) {
      last = partition;
      continue;
    }
    if (first !== undefined) parts.push(first === last ? `${first}` : `${first}-${last}`);
    first = partition;
    last = partition;
  }
  return parts.join(', ');
}
