import { intrinsicOf, isList, isObject, type Json } from '../assembly/template.ts';

/** The text that a parameter or pseudo parameter stands for before the deployment; undefined when it is not known. */
export type KnownName = (name: string) => string | undefined;

type Evaluate = (argument: Json, known: KnownName) => string | undefined;

const FUNCTIONS: ReadonlyMap<string, Evaluate> = new Map<string, Evaluate>([
  ['Ref', (name, known) => (typeof name === 'string' ? known(name) : undefined)],
  ['Fn::Base64', base64],
  ['Fn::Join', joined],
  ['Fn::Sub', substituted],
]);

/**
 * The text of a template's value before CloudFormation resolves it; undefined for what only CloudFormation knows, such
 * as an attribute of a resource or an import.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function knownText(value: Json | undefined, known: KnownName): string | undefined {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  const { name = '', argument = null } = intrinsicOf(value) ?? {};
  return FUNCTIONS.get(name)?.(argument, known);
}

function base64(argument: Json, known: KnownName): string | undefined {
  const text = knownText(argument, known);
  return text === undefined ? undefined : Buffer.from(text).toString('base64');
}

function joined(argument: Json, known: KnownName): string | undefined {
  const [delimiter, items] = isList(argument) ? argument : [];
  if (typeof delimiter !== 'string' || !isList(items)) return undefined;
  const texts = items.flatMap((item) => knownText(item, known) ?? []);
  return texts.length === items.length ? texts.join(delimiter) : undefined;
}

/** A text, or a list of a text and its own variables. */
function substituted(argument: Json, known: KnownName): string | undefined {
  const [text, variables = {}] = isList(argument) ? argument : [argument];
  if (typeof text !== 'string' || !isObject(variables)) return undefined;
  const names = [...text.matchAll(/\$\{([^!{}][^{}]*)\}/g)].map(([, name = '']) => name);
  const values = new Map(
    names.map((name) => [name, name in variables ? knownText(variables[name], known) : known(name.trim())]),
  );
  if ([...values.values()].includes(undefined)) return undefined;
  return text.replaceAll(/\$\{(!?)([^{}]+)\}/g, (_whole, literally: string, name: string) =>
    literally === '' ? (values.get(name) ?? '') : `\${${name}}`,
  );
}
