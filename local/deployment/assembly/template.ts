import { z } from 'zod';

/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

const resourceSchema = z.looseObject({
  Type: z.string(),
  Condition: z.string().optional(),
  Properties: z.custom<JsonObject>(isObject).default({}),
});

const templateSchema = z.looseObject({
  Resources: z.record(z.string(), resourceSchema),
  Parameters: z.record(z.string(), z.custom<JsonObject>(isObject)).optional(),
  Conditions: z.record(z.string(), z.custom<JsonObject>(isObject)).optional(),
  Mappings: z.record(z.string(), z.custom<JsonObject>(isObject)).optional(),
  Outputs: z.record(z.string(), z.custom<JsonObject>(isObject)).optional(),
});

/** A resource of a template; other attributes, such as DependsOn, are kept unchanged. */
export type TemplateResource = z.infer<typeof resourceSchema>;

/** A CloudFormation template in JSON; other sections are kept unchanged. */
export type Template = z.infer<typeof templateSchema>;

/** @throws ZodError when the text is not a CloudFormation template in JSON. */
export const parseTemplate = (text: string): Template => templateSchema.parse(JSON.parse(text));

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** Maps the values of an object and keeps its keys. */
export function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From, key: string) => To,
): Record<string, To> {
  const entries = Object.entries(record).map(([key, value]): [string, To] => [key, map(value, key)]);
  return Object.fromEntries(entries);
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the name and the argument of `{ "Ref": … }` or `{ "Fn::…": … }`; undefined for any other value. */
export function intrinsicOf(value: Json | undefined): { name: string; argument: Json } | undefined {
  if (!isObject(value)) return undefined;
  const [entry, ...others] = Object.entries(value);
  if (entry === undefined || others.length > 0) return undefined;
  const [name, argument] = entry;
  return name === 'Ref' || name.startsWith('Fn::') ? { name, argument } : undefined;
}
