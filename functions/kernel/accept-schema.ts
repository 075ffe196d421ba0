import type * as z from 'zod/mini';

/** Says whether a value, as `JSON.parse` gives it, is accepted. */
export type Accept = (value: unknown) => boolean;

/** What a schema, or a check of one, was made of. */
type Definition = Readonly<Record<string, unknown>>;

/** Keeps what generated code needs and cannot be written as text: a pattern, a set, a function. @returns its name there. */
type Keep = (thing: unknown) => string;

/**
 * Derives from a schema a check that accepts exactly what the schema accepts, without making an output and without saying what is
 * wrong: a fraction of the work. The schema stays the one truth, as it alone is written by hand; a property test holds the
 * two against each other. The check is generated code, as zod's own full build does it: a walk over the schema for each value takes
 * twice as long. Only names and limits of the schema become text in it, never anything of a value.
 *
 * @throws Error for a part of a schema that it does not know: teach it before a schema uses that.
 */
export function acceptanceOf(schema: z.core.$ZodType): Accept {
  const kept: unknown[] = [];
  const code = refusalsOf(schema, 'value', (thing) => `kept[${kept.push(thing) - 1}]`);
  // oxlint-disable-next-line typescript/no-implied-eval -- the text is made of the schema alone
  const check: unknown = new Function('value', 'kept', `${code} return true;`);
  if (typeof check !== 'function') throw unknownPart('code that is no function');
  return (value) => Reflect.apply(check, undefined, [value, kept]) === true;
}

/** Code that returns false where the schema does not accept the value of a variable. */
function refusalsOf(schema: z.core.$ZodType, variable: string, keep: Keep): string {
  const definition = definitionOf(schema);
  const checks = listAt(definition, 'checks').map((check) =>
    refusalsOfCheck(definitionOf(check), variable, keep),
  );
  return [refusalsOfType(definition, variable, keep), ...checks].join(' ');
}

function refusalsOfType(definition: Definition, variable: string, keep: Keep): string {
  switch (definition['type']) {
    case 'object':
      return refusalsOfObject(definition, variable, keep);
    case 'array':
      return refusalsOfArray(definition, variable, keep);
    case 'string':
      return refusalsOfString(definition, variable, keep);
    case 'number':
      if (definition['format'] !== 'safeint') throw unknownPart('a number that need not be whole');
      return refuseUnless(`Number.isSafeInteger(${variable})`);
    case 'literal':
      return refuseUnlessOneOf(listAt(definition, 'values'), variable, keep);
    case 'enum':
      return refuseUnlessOneOf(Object.values(objectAt(definition, 'entries')), variable, keep);
    default:
      throw unknownPart(`the type ${String(definition['type'])}`);
  }
}

/** Fields that the schema does not name are ignored. */
function refusalsOfObject(definition: Definition, variable: string, keep: Keep): string {
  if (definition['catchall'] !== undefined) throw unknownPart('a rule for unknown fields');
  const fields = Object.entries(objectAt(definition, 'shape')).map(([name, schema], index) =>
    refusalsOfField({ name, schema }, { object: variable, field: `${variable}_${index}` }, keep),
  );
  return [
    refuseUnless(`typeof ${variable} === 'object' && ${variable} !== null && !Array.isArray(${variable})`),
    ...fields,
  ].join(' ');
}

function refusalsOfField(
  { name, schema }: { readonly name: string; readonly schema: unknown },
  { object, field }: { readonly object: string; readonly field: string },
  keep: Keep,
): string {
  const definition = definitionOf(schema);
  const quoted = JSON.stringify(name);
  const read = `const ${field} = ${object}[${quoted}];`;
  if (definition['type'] !== 'optional')
    return `${read} ${refuseUnless(`${field} !== undefined`)} ${refusalsOf(schemaAt({ schema }, 'schema'), field, keep)}`;
  const inner = refusalsOf(schemaAt(definition, 'innerType'), field, keep);
  return `${read} if (${field} === undefined) { ${refuseUnless(`!(${quoted} in ${object})`)} } else { ${inner} }`;
}

function refusalsOfArray(definition: Definition, variable: string, keep: Keep): string {
  const item = `${variable}_item`;
  const refusals = refusalsOf(schemaAt(definition, 'element'), item, keep);
  return `${refuseUnless(`Array.isArray(${variable})`)} for (const ${item} of ${variable}) { ${refusals} }`;
}

/** These formats are their patterns; others look further. */
const FORMATS_OF_PATTERNS: ReadonlySet<unknown> = new Set(['datetime', 'e164', 'email', 'regex']);

function refusalsOfString({ format, pattern }: Definition, variable: string, keep: Keep): string {
  const isText = refuseUnless(`typeof ${variable} === 'string'`);
  if (format === undefined) return isText;
  if (typeof format !== 'string') throw unknownPart('a text format without a name');
  if (!FORMATS_OF_PATTERNS.has(format) || !(pattern instanceof RegExp) || pattern.global || pattern.sticky)
    throw unknownPart(`the text format ${format}`);
  return `${isText} ${refuseUnless(`${keep(pattern)}.test(${variable})`)}`;
}

function refuseUnlessOneOf(values: readonly unknown[], variable: string, keep: Keep): string {
  const [only, ...others] = values;
  if (others.length === 0) return refuseUnless(`${variable} === ${keep(only)}`);
  return refuseUnless(`${keep(new Set(values))}.has(${variable})`);
}

/** None where a check says something about the schema and nothing about values. */
function refusalsOfCheck(definition: Definition, variable: string, keep: Keep): string {
  switch (definition['check']) {
    case 'describe':
      return '';
    case 'string_format':
      return refusalsOfString(definition, variable, keep);
    case 'min_length':
      return refuseUnless(`${variable}.length >= ${numberAt(definition, 'minimum')}`);
    case 'max_length':
      return refuseUnless(`${variable}.length <= ${numberAt(definition, 'maximum')}`);
    case 'greater_than':
      return refuseUnless(`${variable} ${orEqual('>', definition)} ${numberAt(definition, 'value')}`);
    case 'less_than':
      return refuseUnless(`${variable} ${orEqual('<', definition)} ${numberAt(definition, 'value')}`);
    case 'custom':
      if (typeof definition['fn'] !== 'function') throw unknownPart('a refinement that is no function');
      return refuseUnless(`${keep(definition['fn'])}(${variable})`);
    default:
      throw unknownPart(`the check ${String(definition['check'])}`);
  }
}

function orEqual(sign: '>' | '<', definition: Definition): string {
  return definition['inclusive'] === true ? `${sign}=` : sign;
}

function refuseUnless(condition: string): string {
  return `if (!(${condition})) return false;`;
}

function definitionOf(part: unknown): Definition {
  return objectAt(objectAt({ part }, 'part', '_zod'), 'def');
}

function schemaAt(definition: Definition, name: string): z.core.$ZodType {
  const schema = definition[name];
  if (!isSchema(schema)) throw unknownPart(`${name} that is no schema`);
  return schema;
}

function isSchema(value: unknown): value is z.core.$ZodType {
  return isObject(value) && '_zod' in value;
}

function objectAt(value: Definition, ...path: readonly string[]): Definition {
  let inner: Definition = value;
  for (const name of path) {
    const next = inner[name];
    if (!isObject(next)) throw unknownPart(`${name} that is no object`);
    inner = next;
  }
  return inner;
}

function listAt(definition: Definition, name: string): readonly unknown[] {
  const list = definition[name] ?? [];
  if (!Array.isArray(list)) throw unknownPart(`${name} that is no list`);
  return list;
}

function numberAt(definition: Definition, name: string): number {
  const value = definition[name];
  if (typeof value !== 'number') throw unknownPart(`${name} that is no number`);
  return value;
}

function isObject(value: unknown): value is Definition {
  return typeof value === 'object' && value !== null;
}

function unknownPart(what: string): Error {
  return new Error(`No acceptance can be derived of ${what}: add it to accept-schema.ts, with a test.`);
}
