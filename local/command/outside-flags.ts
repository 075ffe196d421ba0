import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { z } from 'zod';
import type { OutsideValues } from '../deployment/substitution/outside-values.ts';
import { readJsonFile } from './read-json-file.ts';

type Values = Readonly<Record<string, string>>;

/** The flags for values that an app imports from outside, and for resources to leave out. */
export interface OutsideFlags {
  readonly parameter?: Values | undefined;
  readonly export?: Values | undefined;
  readonly ssm?: Values | undefined;
  readonly leaveOut?: readonly string[] | undefined;
  /** A JSON file with all of these values. */
  readonly values?: string | undefined;
}

export const parameterOption = new Option(
  '--parameter <name=value>',
  'a value for a template parameter, or <stack>:<name>=<value>; may be repeated',
).argParser(withValue);

export const exportOption = new Option(
  '--export <name=value>',
  "the value of an export that the app imports from another app's stacks; may be repeated",
).argParser(withValue);

export const ssmOption = new Option(
  '--ssm <name=value>',
  'the value of an SSM parameter that the app reads; may be repeated',
).argParser(withValue);

export const leaveOutOption = new Option(
  '--leave-out <resource...>',
  'resources to leave out: logical ids, <stack>/<logical id>, types, or AWS::Glue::*',
);

export const valuesOption = new Option(
  '--values <file.json>',
  'all of these: {"parameters": {…}, "exports": {…}, "ssm": {…}, "leaveOut": […]}',
);

function withValue(text: string, earlier: Values | undefined): Values {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError('Write it as <name>=<value>.');
  return { ...earlier, [name]: value };
}

const texts = z.record(z.string(), z.string({ error: 'is not text; write the value in quotes' }));

const fileSchema = z.strictObject({
  parameters: texts.default({}),
  exports: texts.default({}),
  ssm: texts.default({}),
  leaveOut: z.array(z.string()).default([]),
});

/**
 * Merges the flags and their file. A flag overrides the file.
 *
 * @param base - absolute path of the folder that a relative path starts from.
 * @throws {Error} with a one-line message when the file is invalid.
 */
export async function readOutsideValues(flags: OutsideFlags, base: string): Promise<OutsideValues> {
  const file =
    flags.values === undefined
      ? fileSchema.parse({})
      : await readJsonFile({ path: resolve(base, flags.values), what: 'values from outside' }, fileSchema);
  return {
    parameters: { ...file.parameters, ...flags.parameter },
    exports: { ...file.exports, ...flags.export },
    ssm: { ...file.ssm, ...flags.ssm },
    leaveOut: [...file.leaveOut, ...(flags.leaveOut ?? [])],
  };
}
