import { intrinsicOf, isList, isObject, type Json } from '../assembly/template.ts';
import type { KnownNames } from './known-names.ts';

type Evaluate = (argument: Json, known: KnownNames) => Json | undefined;

const FUNCTIONS: ReadonlyMap<string, Evaluate> = new Map<string, Evaluate>([
  ['Ref', (name, known) => (typeof name === 'string' ? known.text(name) : undefined)],
  ['Fn::Base64', base64],
  ['Fn::FindInMap', mapped],
  ['Fn::Join', joined],
  ['Fn::Select', selected],
  ['Fn::Split', splitUp],
  ['Fn::Sub', substituted],
]);

/**
 * Resolves a template's value to text before CloudFormation runs; undefined when only CloudFormation knows it, such
 * as an attribute of a resource or an import.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function knownText(value: Json | undefined, known: KnownNames): string | undefined {
  const found = knownValue(value, known);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
}

/** Resolves a value like knownText; the value may also be a list. */
function knownValue(value: Json | undefined, known: KnownNames): Json | undefined {
  if (isList(value)) return allTexts(value, known);
  const { name, argument = null } = intrinsicOf(value) ?? {};
  return name === undefined ? value : FUNCTIONS.get(name)?.(argument, known);
}

function allTexts(items: readonly Json[], known: KnownNames): readonly string[] | undefined {
  const texts = items.flatMap((item) => knownText(item, known) ?? []);
  return texts.length === items.length ? texts : undefined;
}

function base64(argument: Json, known: KnownNames): string | undefined {
  const text = knownText(argument, known);
  return text === undefined ? undefined : Buffer.from(text).toString('base64');
}

function mapped(argument: Json, known: KnownNames): Json | undefined {
  const keys = isList(argument) ? allTexts(argument.slice(0, 3), known) : undefined;
  const [map, topKey, secondKey] = keys ?? [];
  if (map === undefined || topKey === undefined || secondKey === undefined) return undefined;
  return known.mapped(map, topKey, secondKey);
}

function joined(argument: Json, known: KnownNames): string | undefined {
  const [delimiter, list] = isList(argument) ? argument : [];
  const found = knownValue(list, known);
  const items = isList(found) ? allTexts(found, known) : undefined;
  return typeof delimiter === 'string' ? items?.join(delimiter) : undefined;
}

function selected(argument: Json, known: KnownNames): Json | undefined {
  const [index, list] = isList(argument) ? argument : [];
  const items = knownValue(list, known);
  return isList(items) ? items[Number(knownText(index, known))] : undefined;
}

function splitUp(argument: Json, known: KnownNames): readonly string[] | undefined {
  const [delimiter, text] = isList(argument) ? argument : [];
  const whole = knownText(text, known);
  return typeof delimiter === 'string' ? whole?.split(delimiter) : undefined;
}

/** A text, or a list of a text and its own variables. */
function substituted(argument: Json, known: KnownNames): string | undefined {
  const [text, variables = {}] = isList(argument) ? argument : [argument];
  if (typeof text !== 'string' || !isObject(variables)) return undefined;
  const names = [...text.matchAll(/\$\{([^!{}][^{}]*)\}/g)].map(([, name = '']) => name);
  const values = new Map(
    names.map((name) => [
      name,
      name in variables ? knownText(variables[name], known) : known.text(name.trim()),
    ]),
  );
  if ([...values.values()].includes(undefined)) return undefined;
  return text.replaceAll(/\$\{(!?)([^{}]+)\}/g, (_whole, literally: string, name: string) =>
    literally === '' ? (values.get(name) ?? '') : `\${${name}}`,
  );
}
