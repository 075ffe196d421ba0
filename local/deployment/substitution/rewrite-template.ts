import { replaceReferences, type LiteralOf } from './references.ts';
import {
  isObject,
  mapValues,
  type Json,
  type JsonObject,
  type Template,
  type TemplateResource,
} from '../assembly/template.ts';

/** The one setting that differs from AWS: a local broker speaks neither TLS nor IAM. */
const SECURITY_PROTOCOL_VARIABLE = 'KAFKA_SECURITY_PROTOCOL';

/** A resource without effect. A stack without resources is not deployed, and its outputs would be missing elsewhere. */
const NOTHING_LEFT: Template['Resources'] = {
  LocalNothing: { Type: 'AWS::CloudFormation::WaitConditionHandle', Properties: {} },
};

/** The removed resources of a template, and the literals for references to them. */
export interface Replacement {
  readonly replaced: ReadonlySet<string>;
  readonly literalOf: LiteralOf;
}

/** Removes the replaced resources from a template, and puts literals in place of references to them. */
export function rewriteTemplate(template: Template, replacement: Replacement): Template {
  const kept = Object.entries(template.Resources).filter(
    ([logicalId]) => !replacement.replaced.has(logicalId),
  );
  return {
    ...template,
    Resources:
      kept.length === 0
        ? NOTHING_LEFT
        : mapValues(Object.fromEntries(kept), (resource) => rewriteResource(resource, replacement)),
    ...(template.Outputs && {
      Outputs: mapValues(template.Outputs, (output) => replaceIn(output, replacement)),
    }),
  };
}

const replaceIn = (value: JsonObject, { literalOf }: Replacement): JsonObject =>
  mapValues(value, (item) => replaceReferences(item, literalOf));

/** Rewrites one resource as {@link rewriteTemplate} does. */
export function rewriteResource(resource: TemplateResource, replacement: Replacement): TemplateResource {
  const { DependsOn: dependsOn, ...rest } = resource;
  const remaining = [dependsOn]
    .flat()
    .filter((id) => typeof id === 'string' && !replacement.replaced.has(id));
  const properties = replaceIn(resource.Properties, replacement);
  return {
    ...rest,
    Properties: resource.Type === 'AWS::Lambda::Function' ? localFunction(properties) : properties,
    ...(remaining.length > 0 && { DependsOn: remaining }),
  };
}

function localFunction({ VpcConfig: _network, ...properties }: JsonObject): Record<string, Json> {
  const environment = properties['Environment'];
  const variables = isObject(environment) ? environment['Variables'] : undefined;
  if (!isObject(variables) || variables[SECURITY_PROTOCOL_VARIABLE] === undefined) return properties;
  return {
    ...properties,
    Environment: { Variables: { ...variables, [SECURITY_PROTOCOL_VARIABLE]: 'PLAINTEXT' } },
  };
}
