import type * as z from 'zod/mini';

/** Says whether a value, as `JSON.parse` gives it, is accepted. */
export type Accept = (value: unknown) => boolean;

/** What a schema, or a check of one, was made of. */
type Definition = Readonly<Record<string, unknown>>;

/**
 * Derives from a schema a check that accepts exactly what the schema accepts, without making an output and without saying what is
 * wrong: a fraction of the work. The schema stays the one truth, as it alone is written by hand; a property test holds the
 * two against each other.
 *
 * @throws Error for a part of a schema that it does not know: teach it before a schema uses that.
 */
export function acceptanceOf(schema: z.core.$ZodType): Accept {
  const definition = definitionOf(schema);
  const accept = acceptanceOfType(definition);
  const checks = listAt(definition, 'checks').flatMap((check) => acceptanceOfCheck(definitionOf(check)));
  return checks.reduce((before, check) => (value) => before(value) && check(value), accept);
}

function acceptanceOfType(definition: Definition): Accept {
  switch (definition['type']) {
    case 'object':
      return objectAcceptance(definition);
    case 'array':
      return arrayAcceptance(acceptanceOf(schemaAt(definition, 'element')));
    case 'string':
      return stringAcceptance(definition);
    case 'number':
      if (definition['format'] !== 'safeint') throw unknownPart('a number that need not be whole');
      return (value) => Number.isSafeInteger(value);
    case 'literal':
      return oneOf(listAt(definition, 'values'));
    case 'enum':
      return oneOf(Object.values(objectAt(definition, 'entries')));
    default:
      throw unknownPart(`the type ${String(definition['type'])}`);
  }
}

interface Field {
  readonly name: string;
  readonly accept: Accept;
  /** Whether the field may be absent. */
  readonly isOptional: boolean;
}

/** Fields that the schema does not name are ignored. */
function objectAcceptance(definition: Definition): Accept {
  if (definition['catchall'] !== undefined) throw unknownPart('a rule for unknown fields');
  const fields = Object.entries(objectAt(definition, 'shape')).map(([name, schema]) => fieldOf(name, schema));
  return (value) => {
    if (!isObject(value) || Array.isArray(value)) return false;
    for (const { name, accept, isOptional } of fields) {
      const inner = value[name];
      if (inner === undefined ? !isOptional || name in value : !accept(inner)) return false;
    }
    return true;
  };
}

function fieldOf(name: string, schema: unknown): Field {
  const definition = definitionOf(schema);
  return definition['type'] === 'optional'
    ? { name, accept: acceptanceOf(schemaAt(definition, 'innerType')), isOptional: true }
    : { name, accept: acceptanceOf(schemaAt({ schema }, 'schema')), isOptional: false };
}

function arrayAcceptance(accept: Accept): Accept {
  return (value) => {
    if (!Array.isArray(value)) return false;
    for (const item of value) if (!accept(item)) return false;
    return true;
  };
}

/** These formats are their patterns; others look further. */
const FORMATS_OF_PATTERNS: ReadonlySet<unknown> = new Set(['datetime', 'e164', 'email', 'regex']);

function stringAcceptance({ format, pattern }: Definition): Accept {
  if (format === undefined) return (value) => typeof value === 'string';
  if (typeof format !== 'string') throw unknownPart('a text format without a name');
  if (!FORMATS_OF_PATTERNS.has(format) || !(pattern instanceof RegExp) || pattern.global || pattern.sticky)
    throw unknownPart(`the text format ${format}`);
  return (value) => typeof value === 'string' && pattern.test(value);
}

function oneOf(values: readonly unknown[]): Accept {
  const [only, ...others] = values;
  if (others.length === 0) return (value) => value === only;
  const allowed = new Set(values);
  return (value) => allowed.has(value);
}

/** None where a check says something about the schema and nothing about values. */
function acceptanceOfCheck(definition: Definition): readonly Accept[] {
  switch (definition['check']) {
    case 'describe':
      return [];
    case 'string_format':
      return [stringAcceptance(definition)];
    case 'min_length':
      return [atLeastAsLong(numberAt(definition, 'minimum'))];
    case 'max_length':
      return [atMostAsLong(numberAt(definition, 'maximum'))];
    case 'greater_than':
      return [boundAcceptance(definition, (value, bound) => value > bound)];
    case 'less_than':
      return [boundAcceptance(definition, (value, bound) => value < bound)];
    case 'custom':
      return [refinement(definition['fn'])];
    default:
      throw unknownPart(`the check ${String(definition['check'])}`);
  }
}

function atLeastAsLong(least: number): Accept {
  return (value) => (typeof value === 'string' || Array.isArray(value)) && value.length >= least;
}

function atMostAsLong(most: number): Accept {
  return (value) => (typeof value === 'string' || Array.isArray(value)) && value.length <= most;
}

function boundAcceptance(
  definition: Definition,
  isBeyond: (value: number, bound: number) => boolean,
): Accept {
  const bound = numberAt(definition, 'value');
  const isInclusive = definition['inclusive'] === true;
  return (value) => typeof value === 'number' && (isBeyond(value, bound) || (isInclusive && value === bound));
}

function refinement(refine: unknown): Accept {
  if (!isRefinement(refine)) throw unknownPart('a refinement that is no function');
  return (value) => Boolean(refine(value));
}

function isRefinement(value: unknown): value is (value: unknown) => unknown {
  return typeof value === 'function';
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
