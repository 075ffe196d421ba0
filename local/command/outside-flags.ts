import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { z } from 'zod';
import type { OutsideValues } from '../deployment/substitution/outside-values.ts';
import { readJsonFile } from './read-json-file.ts';

type Values = Readonly<Record<string, string>>;

/** The flags that give an app what it takes from outside, and what is left out of it. */
export interface OutsideFlags {
  readonly parameter?: Values | undefined;
  readonly export?: Values | undefined;
  readonly ssm?: Values | undefined;
  readonly leaveOut?: readonly string[] | undefined;
  /** A file with all of them. */
  readonly values?: string | undefined;
}

export const parameterOption = new Option(
  '--parameter <name=value>',
  'a value for a template parameter, or <stack>:<name>=<value>; may be repeated',
).argParser(withValue);

export const exportOption = new Option(
  '--export <name=value>',
  'the value of an export that the app imports from stacks of others; may be repeated',
).argParser(withValue);

export const ssmOption = new Option(
  '--ssm <name=value>',
  'the value of an SSM parameter that the app reads; may be repeated',
).argParser(withValue);

export const leaveOutOption = new Option(
  '--leave-out <resource...>',
  'resources that are not deployed: logical ids, <stack>/<logical id>, types, or AWS::Glue::*',
);

export const valuesOption = new Option(
  '--values <file.json>',
  'all of these: {"parameters": {…}, "exports": {…}, "ssm": {…}, "leaveOut": […]}',
);

function withValue(text: string, earlier: Values | undefined): Values {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError('It is written as <name>=<value>.');
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
 * What the flags and their file say; a flag wins over the file.
 *
 * @param base - absolute path of the folder that a relative path starts from.
 * @throws {Error} in one line for a file that does not fit.
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
