import type { TimeLeft } from '@order-events/kafka-tools';
import type { Paint } from './status-text.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Less than that leaves a weekend no time to mend anything. */
const SOON_MS = 3 * DAY_MS;
const VERY_SOON_MS = DAY_MS;

/**
 * Formats the time until a needed record is deleted.
 *
 * @param what - such as `oldest unread record`.
 * @returns an empty text where nothing is at risk.
 */
export function timeLeftText(left: TimeLeft, what: string, paint: Paint): string {
  switch (left.kind) {
    case 'nothing':
    case 'forEver':
      return '';
    case 'gone':
      return paint('red', `${left.records} records were DELETED before they were read`);
    case 'unknown':
      return paint('yellow', `${what}: time left unknown, ${left.reason}`);
    case 'left':
      return paintByUrgency(left.ms, `${what} ${deletionText(left.ms)} (${left.because})`, paint);
  }
}

function deletionText(ms: number): string {
  return ms <= 0 ? 'may be deleted at any moment' : `is kept for ${durationText(ms)}`;
}

function paintByUrgency(ms: number, text: string, paint: Paint): string {
  if (ms < VERY_SOON_MS) return paint('red', text);
  return ms < SOON_MS ? paint('yellow', text) : text;
}

/** Two units at most, rounded down: `6 d 23 h`, `2 h 5 min`, `0 min`. */
export function durationText(ms: number): string {
  const [days, hours, minutes] = [ms / DAY_MS, (ms % DAY_MS) / HOUR_MS, (ms % HOUR_MS) / MINUTE_MS].map(
    Math.floor,
  );
  if (days !== undefined && days > 0) return `${days} d ${hours} h`;
  return hours !== undefined && hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min`;
}
