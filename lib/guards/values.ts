import { at, isRecord, listAt, textAt } from './json-access.ts';
import type { Template, TemplateResource } from './template.ts';

/** A value in the templates: absent, known, a reference to a resource of the app, or only known at deployment. */
export type Value =
  | { readonly kind: 'absent' }
  | { readonly kind: 'known'; readonly value: unknown }
  | { readonly kind: 'resource'; readonly resource: TemplateResource }
  | { readonly kind: 'unknown' };

const absent: Value = { kind: 'absent' };
const unknown: Value = { kind: 'unknown' };

/** The placeholder for a part of a text that is only known at deployment. No ARN and no name contains it. */
export const UNKNOWN_PART = '\u{FFFD}';

/** The maximum number of steps, which ends circular references. */
const MOST_STEPS = 20;

type Resolver = (argument: unknown, template: Template, steps: number) => Value;

const INTRINSICS: ReadonlyMap<string, Resolver> = new Map<string, Resolver>([
  ['Ref', (name, template, steps) => referred(name, undefined, template, steps)],
  ['Fn::GetAtt', attributeOf],
  ['Fn::ImportValue', imported],
  ['Fn::GetStackOutput', outputOfStack],
  ['Fn::FindInMap', mapped],
]);

/**
 * Resolves a value through parameters of nested stacks, outputs, exports and mappings. A condition's choice, a
 * parameter of the whole app and a dynamic reference are only known at deployment.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function resolveValue(value: unknown, template: Template, steps = MOST_STEPS): Value {
  if (value === undefined || isNoValue(value)) return absent;
  if (steps === 0) return unknown;
  if (typeof value === 'string') return value.includes('{{resolve:') ? unknown : { kind: 'known', value };
  const [name, argument] = intrinsicOf(value);
  if (name === undefined) return { kind: 'known', value };
  return INTRINSICS.get(name)?.(argument, template, steps - 1) ?? unknown;
}

/** Resolves a value to text. UNKNOWN_PART replaces each part that is only known at deployment. */
export function partialText(value: unknown, template: Template): string | undefined {
  const [name, argument] = intrinsicOf(value);
  if (name === 'Fn::Join') {
    const [delimiter, items] = listOf(argument);
    if (typeof delimiter !== 'string' || !Array.isArray(items)) return undefined;
    return items.map((item: unknown) => partialText(item, template) ?? UNKNOWN_PART).join(delimiter);
  }
  if (name === 'Fn::Sub' && typeof argument === 'string')
    return argument.replaceAll(/\$\{[^}]*\}/g, UNKNOWN_PART);
  const resolved = resolveValue(value, template);
  return resolved.kind === 'known' && typeof resolved.value === 'string' ? resolved.value : undefined;
}

const isNoValue = (value: unknown): boolean => textAt(value, 'Ref') === 'AWS::NoValue';

/** Returns the name and the argument of an intrinsic function; undefined for any other value. */
function intrinsicOf(value: unknown): readonly [name?: string, argument?: unknown] {
  if (!isRecord(value)) return [];
  const [entry, ...others] = Object.entries(value);
  const [name = ''] = entry ?? [];
  return others.length === 0 && (name === 'Ref' || name.startsWith('Fn::')) ? (entry ?? []) : [];
}

function referred(name: unknown, attribute: string | undefined, template: Template, steps: number): Value {
  if (typeof name !== 'string') return unknown;
  const resource = template.resources.get(name);
  const { nesting } = template;
  const given = at(nesting?.resource.properties, 'Parameters', name);
  if (resource === undefined)
    return nesting === undefined || given === undefined
      ? unknown
      : resolveValue(given, nesting.resource.template, steps);
  const nested = attribute?.startsWith('Outputs.') === true ? resource.nested : undefined;
  return nested === undefined
    ? { kind: 'resource', resource }
    : resolveValue(nested.outputs.get((attribute ?? '').slice('Outputs.'.length))?.value, nested, steps);
}

function attributeOf(argument: unknown, template: Template, steps: number): Value {
  const [name, ...attribute] = typeof argument === 'string' ? argument.split('.') : listOf(argument);
  return referred(name, attribute.map(String).join('.'), template, steps);
}

function imported(name: unknown, template: Template, steps: number): Value {
  const text = partialText(name, template);
  for (const other of template.app()) {
    for (const { value, exportName } of other.outputs.values()) {
      if (text !== undefined && partialText(exportName, other) === text)
        return resolveValue(value, other, steps);
    }
  }
  return unknown;
}

function outputOfStack(argument: unknown, template: Template, steps: number): Value {
  const other = template.app().find(({ stackName }) => stackName === textAt(argument, 'StackName'));
  const output = other?.outputs.get(textAt(argument, 'OutputName') ?? '');
  return other === undefined || output === undefined ? unknown : resolveValue(output.value, other, steps);
}

function mapped(argument: unknown, template: Template): Value {
  const keys = listOf(argument);
  const texts = keys.filter((key) => typeof key === 'string');
  const found = texts.length === 3 ? at(template.mappings, ...texts) : undefined;
  return found === undefined || keys.length !== 3 ? unknown : { kind: 'known', value: found };
}

const listOf = (value: unknown): readonly unknown[] => listAt({ value }, 'value');
