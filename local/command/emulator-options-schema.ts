import { z } from 'zod';
import {
  flag,
  group,
  oneOf,
  text,
  wholeNumber,
} from '../event-source-mapping/configuration/property-types.ts';
import type { EmulatorOptions } from '../event-source-mapping/configuration/emulator-options.ts';

const HOUR_MS = 3_600_000;

const shortText = (): z.ZodType<string> => text(/^.{1,1024}$/, '1 to 1024 characters');

const backoff = group({
  baseMs: wholeNumber({ from: 1, to: HOUR_MS }),
  maximumMs: wholeNumber({ from: 1, to: HOUR_MS }),
}).refine(({ baseMs, maximumMs }) => baseMs <= maximumMs, {
  error: 'has a baseMs above its maximumMs; allowed: at most maximumMs',
});

type Optional<T> = z.ZodExactOptional<z.ZodType<T>>;

/** The schema of every option; the compiler rejects a missing one. */
const OPTIONS: { readonly [Name in keyof EmulatorOptions]: Optional<EmulatorOptions[Name]> } = {
  partialRetryScope: oneOf('records', 'rewind').exactOptional(),
  holdPartition: flag().exactOptional(),
  bisectUsesRetries: flag().exactOptional(),
  bisectOnPartialResponse: flag().exactOptional(),
  backoff: backoff.exactOptional(),
  tombstone: oneOf('omit', 'null').exactOptional(),
  ageCondition: shortText().exactOptional(),
  commitWhenAllFiltered: flag().exactOptional(),
  outOfRangeReset: oneOf('logStart', 'startingPosition').exactOptional(),
  stringOffsets: oneOf('reject', 'accept').exactOptional(),
  startDelayMs: wholeNumber({ from: 0, to: HOUR_MS }).exactOptional(),
  scaleIntervalMs: wholeNumber({ from: 1_000, to: HOUR_MS }).exactOptional(),
  callsPerPoller: wholeNumber({ from: 1, to: 100 }).exactOptional(),
  isolationLevel: oneOf('read_uncommitted', 'read_committed').exactOptional(),
  s3KeyTemplate: shortText().exactOptional(),
  destinationTries: wholeNumber({ from: 1, to: 100 }).exactOptional(),
  unsupportedSettings: oneOf('reject', 'warn').exactOptional(),
  maximumFilters: wholeNumber({ from: 1, to: 10 }).exactOptional(),
};

/** A user's choice of the emulator's options; the others keep their defaults. */
export const emulatorOptionsSchema: z.ZodType<Partial<EmulatorOptions>> = z.strictObject(OPTIONS);
