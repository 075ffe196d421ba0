import { intrinsicOf, isList, isObject, mapValues, type Json } from '../assembly/template.ts';
import type { Literal } from './literals.ts';

/**
 * A function that returns the literal for `Ref` (no attribute) or `Fn::GetAtt` of a resource; undefined for a
 * resource that stays.
 */
export type LiteralOf = (logicalId: string, attribute?: string) => Literal | undefined;

/**
 * Replaces every reference to a replaced resource with a literal: `Ref`, `Fn::GetAtt` in both of its forms, and
 * `Fn::Sub` inside its text. A `Fn::Select` from a list that is now a literal becomes that literal.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function replaceReferences(value: Json, literalOf: LiteralOf): Json {
  const literal = referenceLiteral(value, literalOf);
  if (literal !== undefined) return literal;
  if (isList(value)) return value.map((item) => replaceReferences(item, literalOf));
  if (!isObject(value)) return value;
  const replaced = mapValues(value, (item) => replaceReferences(item, literalOf));
  return selectFromLiteral(replaced) ?? replaced;
}

/** Lists the logical ids (and pseudo parameters) that a value refers to. */
export function referencedIds(value: Json): Set<string> {
  const found = new Set<string>();
  replaceReferences(value, (logicalId) => {
    found.add(logicalId);
    return undefined;
  });
  return found;
}

function referenceLiteral(value: Json, literalOf: LiteralOf): Json | undefined {
  const intrinsic = intrinsicOf(value);
  if (intrinsic === undefined) return undefined;
  const { name, argument } = intrinsic;
  if (name === 'Ref' && typeof argument === 'string') return literalOf(argument);
  if (name === 'Fn::GetAtt') return attributeLiteral(argument, literalOf);
  if (name === 'Fn::Sub') return { [name]: replaceInSub(argument, literalOf) };
  return undefined;
}

/** `["Id", "Attribute"]` or `"Id.Attribute"`; an attribute may hold dots itself. */
function attributeLiteral(argument: Json, literalOf: LiteralOf): Literal | undefined {
  if (isList(argument)) {
    const [logicalId, attribute] = argument;
    return typeof logicalId === 'string' && typeof attribute === 'string'
      ? literalOf(logicalId, attribute)
      : undefined;
  }
  return typeof argument === 'string' ? dottedLiteral(argument, literalOf) : undefined;
}

function dottedLiteral(reference: string, literalOf: LiteralOf): Literal | undefined {
  const [logicalId = '', ...attribute] = reference.split('.');
  return attribute.length === 0 ? literalOf(logicalId) : literalOf(logicalId, attribute.join('.'));
}

function replaceInSub(argument: Json, literalOf: LiteralOf): Json {
  if (typeof argument === 'string') return replaceInText(argument, literalOf);
  if (!isList(argument)) return argument;
  const [text, variables = {}] = argument;
  const own = new Set(isObject(variables) ? Object.keys(variables) : []);
  const outer: LiteralOf = (logicalId, attribute) =>
    own.has(logicalId) ? undefined : literalOf(logicalId, attribute);
  return [
    typeof text === 'string' ? replaceInText(text, outer) : (text ?? ''),
    replaceReferences(variables, literalOf),
  ];
}

/** Replaces `${Id}` and `${Id.Attribute}`, but not `${!Text}`, which stands for the characters `${Text}`. */
const replaceInText = (text: string, literalOf: LiteralOf): string =>
  text.replaceAll(
    /\$\{([^!{}][^{}]*)\}/g,
    (whole, reference: string) => dottedLiteral(reference.trim(), literalOf)?.toString() ?? whole,
  );

function selectFromLiteral(value: Json): string | undefined {
  const intrinsic = intrinsicOf(value);
  if (intrinsic?.name !== 'Fn::Select' || !isList(intrinsic.argument)) return undefined;
  const [, list] = intrinsic.argument;
  return typeof list === 'string' ? list : undefined;
}
