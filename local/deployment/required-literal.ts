import { intrinsicOf, type Json, type Template } from './template.ts';

/** A property of one resource, and the template whose parameters it may refer to. */
export interface PropertySource {
  readonly template: Template;
  readonly logicalId: string;
  readonly property: string;
}

/**
 * The text of a property that is needed before CloudFormation runs. It may be a literal, a parameter with a default,
 * or `Fn::Base64` of one of these.
 *
 * @throws Error when it is anything else
 */
export function requiredText(source: PropertySource): string {
  const text = optionalText(source);
  if (text === undefined) throw new Error(`${source.logicalId} has no ${source.property}: give it one`);
  return text;
}

/** As requiredText, but undefined for a property that is not there. */
export function optionalText(source: PropertySource): string | undefined {
  const value = source.template.Resources[source.logicalId]?.Properties[source.property];
  if (value === undefined) return undefined;
  const text = textOf(value, source.template);
  if (text === undefined)
    throw new Error(
      `${source.property} of ${source.logicalId} is not known before the deployment, which a local stand-in needs: ` +
        'make it a literal, or a parameter with a default',
    );
  return text;
}

function textOf(value: Json | undefined, template: Template): string | undefined {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  const intrinsic = intrinsicOf(value);
  if (intrinsic === undefined) return undefined;
  if (intrinsic.name === 'Ref') return textOf(parameterDefault(template, intrinsic.argument), template);
  if (intrinsic.name !== 'Fn::Base64') return undefined;
  const inner = textOf(intrinsic.argument, template);
  return inner === undefined ? undefined : Buffer.from(inner).toString('base64');
}

const parameterDefault = (template: Template, name: Json): Json | undefined =>
  typeof name === 'string' ? template.Parameters?.[name]?.['Default'] : undefined;
