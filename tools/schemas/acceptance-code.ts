import type * as z from 'zod/mini';

/** What a schema, or a check of one, was made of. */
type Definition = Readonly<Record<string, unknown>>;

/** Keeps what the code of a check needs and declares before it, as text. @returns its name there. */
type Keep = (text: string) => string;

/** Where the code of a check is going to be. */
interface Place {
  /** The name of the function. */
  readonly name: string;
  /** The type of what it accepts, and the file of that type, beside it. */
  readonly type: string;
  readonly typeFrom: string;
  /** The file of the refinements that the schema calls, beside it; they are known by their names. */
  readonly refinementsFrom: string;
}

/**
 * Derives from a schema the code of a check that accepts exactly what the schema accepts, without making an output and without
 * saying what is wrong: a fraction of the work. The schema stays the one truth, as it alone is written by hand; a property test
 * holds the two against each other. Code, as zod's own full build makes it: a walk over the schema for each value takes twice as
 * long. A file, so that a function that starts has no schema to build before its first record.
 *
 * @throws Error for a part of a schema that it does not know: teach it before a schema uses that.
 */
export function acceptanceCode(
  schema: z.core.$ZodType,
  { name, type, typeFrom, refinementsFrom }: Place,
): string {
  const kept: string[] = [];
  const refinements = new Set<string>();
  const parts: Parts = {
    keep: (text) => `KEPT_${indexIn(kept, text)}`,
    refine: (refinement) => void refinements.add(refinement),
  };
  const refusals = refusalsOf(schema, 'value', parts);
  return [
    `import type { ${type} } from './${typeFrom}';`,
    `import { ${[...refinements].toSorted().join(', ')} } from './${refinementsFrom}';`,
    '',
    ...kept.map((text, index) => `const KEPT_${index} = ${text};`),
    '',
    `/** Accepts exactly what the schema accepts, of values that \`JSON.parse\` gives. */`,
    `export function ${name}(value: unknown): value is ${type} {`,
    ...refusals.map((line) => `  ${line}`),
    '  return true;',
    '}',
    '',
    'function isObject(value: unknown): value is Readonly<Record<string, unknown>> {',
    "  return typeof value === 'object' && value !== null && !Array.isArray(value);",
    '}',
    '',
    'function isList(value: unknown): value is readonly unknown[] {',
    '  return Array.isArray(value);',
    '}',
    '',
  ].join('\n');
}

/** The place of a text in a list, at its end if it was not there yet. */
function indexIn(texts: string[], text: string): number {
  const found = texts.indexOf(text);
  return found === -1 ? texts.push(text) - 1 : found;
}

/** What the code of the parts of a schema needs besides itself. */
interface Parts {
  readonly keep: Keep;
  /** Notes a refinement, by its name. */
  readonly refine: (refinement: string) => void;
}

/** Lines that return false where the schema does not accept the value of a variable. */
type Refusals = readonly string[];

function refusalsOf(schema: z.core.$ZodType, variable: string, parts: Parts): Refusals {
  const definition = definitionOf(schema);
  const checks = listAt(definition, 'checks').flatMap((check) =>
    refusalsOfCheck(definitionOf(check), variable, parts),
  );
  return [...refusalsOfType(definition, variable, parts), ...checks];
}

function refusalsOfType(definition: Definition, variable: string, parts: Parts): Refusals {
  switch (definition['type']) {
    case 'object':
      return refusalsOfObject(definition, variable, parts);
    case 'array':
      return refusalsOfArray(definition, variable, parts);
    case 'string':
      return refusalsOfString(definition, variable, parts);
    case 'number':
      if (definition['format'] !== 'safeint') throw unknownPart('a number that need not be whole');
      return [
        refuseUnless(`typeof ${variable} === 'number'`),
        refuseUnless(`Number.isSafeInteger(${variable})`),
      ];
    case 'literal':
      return refusalsOfValues(listAt(definition, 'values'), variable, parts);
    case 'enum':
      return refusalsOfValues(Object.values(objectAt(definition, 'entries')), variable, parts);
    default:
      throw unknownPart(`the type ${String(definition['type'])}`);
  }
}

/** Fields that the schema does not name are ignored. */
function refusalsOfObject(definition: Definition, variable: string, parts: Parts): Refusals {
  if (definition['catchall'] !== undefined) throw unknownPart('a rule for unknown fields');
  const fields = Object.entries(objectAt(definition, 'shape')).flatMap(([name, schema]) =>
    refusalsOfField({ name, schema }, { object: variable, field: `${variable}_${name}` }, parts),
  );
  return [refuseUnless(`isObject(${variable})`), ...fields];
}

function refusalsOfField(
  { name, schema }: { readonly name: string; readonly schema: unknown },
  { object, field }: { readonly object: string; readonly field: string },
  parts: Parts,
): Refusals {
  if (!/^[a-z]+$/iv.test(name)) throw unknownPart(`a field that no variable can be named after, ${name}`);
  const definition = definitionOf(schema);
  const read = `const ${field} = ${object}['${name}'];`;
  if (definition['type'] !== 'optional')
    return [read, ...refusalsOf(schemaAt({ schema }, 'schema'), field, parts)];
  return [
    read,
    `if (${field} === undefined) {`,
    `  ${refuseUnless(`!('${name}' in ${object})`)}`,
    '} else {',
    ...indented(refusalsOf(schemaAt(definition, 'innerType'), field, parts)),
    '}',
  ];
}

function refusalsOfArray(definition: Definition, variable: string, parts: Parts): Refusals {
  const item = `${variable}_item`;
  return [
    refuseUnless(`isList(${variable})`),
    `for (const ${item} of ${variable}) {`,
    ...indented(refusalsOf(schemaAt(definition, 'element'), item, parts)),
    '}',
  ];
}

function indented(lines: Refusals): Refusals {
  return lines.map((line) => `  ${line}`);
}

/** These formats are their patterns; others look further. */
const FORMATS_OF_PATTERNS: ReadonlySet<unknown> = new Set(['datetime', 'e164', 'email', 'regex']);

function refusalsOfString(definition: Definition, variable: string, parts: Parts): Refusals {
  const isText = refuseUnless(`typeof ${variable} === 'string'`);
  return definition['format'] === undefined
    ? [isText]
    : [isText, refusalOfFormat(definition, variable, parts)];
}

/** For what is known to be text. */
function refusalOfFormat({ format, pattern }: Definition, variable: string, { keep }: Parts): string {
  if (typeof format !== 'string') throw unknownPart('a text format without a name');
  if (!FORMATS_OF_PATTERNS.has(format) || !(pattern instanceof RegExp) || pattern.global || pattern.sticky)
    throw unknownPart(`the text format ${format}`);
  return refuseUnless(`${keep(String(pattern))}.test(${variable})`);
}

function refusalsOfValues(values: readonly unknown[], variable: string, { keep }: Parts): Refusals {
  const [only, ...others] = values.map(textOf);
  if (others.length === 0) return [refuseUnless(`${variable} === ${only}`)];
  const set = keep(`new Set<unknown>([${[only, ...others].join(', ')}])`);
  return [refuseUnless(`${set}.has(${variable})`)];
}

function textOf(value: unknown): string {
  if (typeof value !== 'string' || !/^[\w.\/]+$/v.test(value))
    throw unknownPart('a value that is no plain text');
  return `'${value}'`;
}

/** None where a check says something about the schema and nothing about values. */
function refusalsOfCheck(definition: Definition, variable: string, parts: Parts): Refusals {
  switch (definition['check']) {
    case 'describe':
      return [];
    case 'string_format':
      return [refusalOfFormat(definition, variable, parts)];
    case 'min_length':
      return [refuseUnless(`${variable}.length >= ${numberAt(definition, 'minimum')}`)];
    case 'max_length':
      return [refuseUnless(`${variable}.length <= ${numberAt(definition, 'maximum')}`)];
    case 'greater_than':
      return [refuseUnless(`${variable} ${orEqual('>', definition)} ${numberAt(definition, 'value')}`)];
    case 'less_than':
      return [refuseUnless(`${variable} ${orEqual('<', definition)} ${numberAt(definition, 'value')}`)];
    case 'custom':
      return [refusalOfRefinement(definition['fn'], variable, parts)];
    default:
      throw unknownPart(`the check ${String(definition['check'])}`);
  }
}

/** What comes before in the code has checked that the value is of the type that the refinement takes. */
function refusalOfRefinement(refinement: unknown, variable: string, { refine }: Parts): string {
  if (typeof refinement !== 'function' || !/^[a-z]+$/iv.test(refinement.name))
    throw unknownPart('a refinement without a name');
  refine(refinement.name);
  return refuseUnless(`${refinement.name}(${variable} as never)`);
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
  return new Error(
    `No acceptance can be derived of ${what}: add it to tools/schemas/acceptance-code.ts, with a test.`,
  );
}
