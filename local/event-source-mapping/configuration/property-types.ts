import { z } from 'zod';
import { show } from './configuration-problem.ts';

interface NumberRange {
  readonly from: number;
  readonly to: number;
  /** A value outside of the range with a special meaning, such as -1 for no limit. */
  readonly or?: number;
}

/** A whole number within a range; templates may write it as text. */
export function wholeNumber({ from, to, or }: NumberRange): z.ZodType<number> {
  const allowed = `a whole number from ${from} to ${to}${or === undefined ? '' : `, or ${or}`}`;
  const fits = (value: unknown): value is number =>
    Number.isInteger(value) && ((Number(value) >= from && Number(value) <= to) || value === or);
  return z.preprocess(numberFromText, z.custom<number>(fits, refusal(allowed)));
}

/**
 * Seconds since the epoch, with or without a fraction; templates may write it as text, and the AWS command line takes and
 * writes a date and time in ISO 8601.
 */
export function epochSeconds(): z.ZodType<number> {
  const allowed = 'seconds since 1970-01-01T00:00:00Z, or a time such as 2026-01-31T08:00:00Z';
  const seconds = z.custom<number>(isEpochSeconds, refusal(allowed));
  return z.preprocess((value) => secondsFromIsoTime(numberFromText(value)), seconds);
}

/** true or false; templates may write it as text. */
export function flag(): z.ZodType<boolean> {
  return z.preprocess(booleanFromText, z.custom<boolean>(isBoolean, refusal('true or false')));
}

/** Text that matches a pattern. */
export function text(pattern: RegExp, allowed: string): z.ZodType<string> {
  const fits = (value: unknown): boolean => typeof value === 'string' && pattern.test(value);
  return z.custom<string>(fits, refusal(allowed));
}

/** One of a list of words. */
export function oneOf<const W extends string>(...words: readonly W[]): z.ZodType<W> {
  const fits = (value: unknown): boolean => words.some((word) => word === value);
  return z.custom<W>(fits, refusal(words.map((word) => `"${word}"`).join(', ')));
}

/** A list with a bounded number of items. */
export function listOf<T>(item: z.ZodType<T>, { from, to }: NumberRange): z.ZodType<T[]> {
  const amount = from === to ? `exactly ${from}` : `${from} to ${to}`;
  return z
    .array(item, { error: ({ input }) => `is ${show(input)}; give a list` })
    .refine(({ length }) => length >= from && length <= to, {
      error: ({ input }) => `has ${countOf(input)} entries; allowed: ${amount}`,
    });
}

/** An object with only these keys. */
export function group<const S extends z.ZodRawShape>(shape: S): z.ZodObject<S, z.core.$strict> {
  return z.strictObject(shape, {
    error: ({ code, input }) => (code === 'invalid_type' ? `is ${show(input)}; give an object` : undefined),
  });
}

/** The message for an invalid value. */
function refusal(allowed: string): { error: (issue: { readonly input?: unknown }) => string } {
  return { error: ({ input }) => `is ${show(input)}; allowed: ${allowed}` };
}

function countOf(input: unknown): number {
  return Array.isArray(input) ? input.length : 0;
}

function numberFromText(value: unknown): unknown {
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}

/** A time without a zone is in UTC, as the AWS command line reads it. */
function secondsFromIsoTime(value: unknown): unknown {
  const [, date, time = '00:00', zone = 'Z'] =
    (typeof value === 'string' &&
      /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?(Z|[+-]\d\d:?\d\d)?$/.exec(value)) ||
    [];
  if (date === undefined) return value;
  const milliseconds = Date.parse(`${date}T${time}${zone.replace(/(\d\d)(\d\d)$/, '$1:$2')}`);
  return Number.isNaN(milliseconds) ? value : milliseconds / 1_000;
}

function booleanFromText(value: unknown): unknown {
  if (value === 'true') return true;
  return value === 'false' ? false : value;
}

function isEpochSeconds(value: unknown): boolean {
  return typeof value === 'number' && value >= 0;
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}
