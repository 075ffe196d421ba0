import { at, isRecord, textAt } from './json-access.ts';
import type { Template, TemplateResource } from './template.ts';
import { partialText, resolveValue } from './values.ts';

const FUNCTION = 'AWS::Lambda::Function';
/** The types that refer to a function, with the property that names it. */
const STANDS_FOR: ReadonlySet<string> = new Set(['AWS::Lambda::Alias', 'AWS::Lambda::Version']);

/**
 * Finds the function of the app that a value names: by reference, by name or ARN, directly or through an alias or a
 * version.
 */
export function functionBehind(value: unknown, template: Template): TemplateResource | undefined {
  const resolved = resolveValue(value, template);
  if (resolved.kind === 'resource') return functionThatIs(resolved.resource);
  const text = partialText(value, template);
  const named = text === undefined ? undefined : functionNamed(text, template.app());
  return named ?? onlyFunctionIn(value, template);
}

/** A name that is cut out of an alias's ARN, and put together again, still refers to the one alias. */
function onlyFunctionIn(value: unknown, template: Template): TemplateResource | undefined {
  const found = new Set(
    referencesIn(value).flatMap((reference) => {
      const resolved = resolveValue(reference, template);
      return resolved.kind === 'resource' ? (functionThatIs(resolved.resource) ?? []) : [];
    }),
  );
  const [one, ...others] = found;
  return others.length === 0 ? one : undefined;
}

function referencesIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isRecord(value)) return [];
  const isReference = ['Ref', 'Fn::GetAtt', 'Fn::ImportValue', 'Fn::GetStackOutput'].some(
    (name) => name in value,
  );
  return isReference ? [value] : Object.values(value).flatMap(referencesIn);
}

function functionThatIs(resource: TemplateResource): TemplateResource | undefined {
  if (resource.type === FUNCTION) return resource;
  return STANDS_FOR.has(resource.type)
    ? functionBehind(at(resource.properties, 'FunctionName'), resource.template)
    : undefined;
}

/** A name, or an ARN whose seventh part is the name, however much of the others is known. */
function functionNamed(text: string, app: readonly Template[]): TemplateResource | undefined {
  const parts = text.split(':');
  const name = parts[0] === 'arn' ? parts[6] : parts[0];
  return app
    .flatMap(({ resources }) => [...resources.values()])
    .find(({ type, properties }) => type === FUNCTION && textAt(properties, 'FunctionName') === name);
}
