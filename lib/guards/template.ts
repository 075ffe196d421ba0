import { at, isRecord, listAt, textAt } from './json-access.ts';

/** One resource of a synthesized template. */
export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: unknown;
  /** Where the construct stands in the CDK app; the logical id when the template does not say. */
  readonly constructPath: string;
  readonly template: Template;
}

export interface Template {
  readonly path: string;
  readonly resources: ReadonlyMap<string, TemplateResource>;
}

/** @param json the parsed template at `path`. */
export function readTemplate(path: string, json: unknown): Template {
  const resources = new Map<string, TemplateResource>();
  const template: Template = { path, resources };
  const found = at(json, 'Resources');
  for (const [logicalId, resource] of isRecord(found) ? Object.entries(found) : []) {
    resources.set(logicalId, {
      logicalId,
      type: textAt(resource, 'Type') ?? '',
      properties: at(resource, 'Properties'),
      constructPath: textAt(resource, 'Metadata', 'aws:cdk:path') ?? logicalId,
      template,
    });
  }
  return template;
}

/** The resource of the same template that a `Ref` or `Fn::GetAtt` names. */
export function referenced(template: Template, value: unknown): TemplateResource | undefined {
  const logicalId = textAt(value, 'Ref') ?? listAt(value, 'Fn::GetAtt')[0];
  return typeof logicalId === 'string' ? template.resources.get(logicalId) : undefined;
}
