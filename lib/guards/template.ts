import { at, isRecord, textAt } from './json-access.ts';

/** One resource of a synthesized template. */
export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: unknown;
  /** The construct's path in the CDK app; the logical id when the template does not have it. */
  readonly constructPath: string;
  readonly template: Template;
  readonly metadata: unknown;
  /** The template of the stack that this resource nests, if it is part of the app. */
  nested?: Template;
}

export interface TemplateOutput {
  readonly value: unknown;
  /** The name that it is exported under, if it is. */
  readonly exportName: unknown;
}

export interface Template {
  readonly path: string;
  /** Undefined for a nested stack. */
  readonly stackName: string | undefined;
  readonly resources: ReadonlyMap<string, TemplateResource>;
  readonly outputs: ReadonlyMap<string, TemplateOutput>;
  readonly mappings: unknown;
  /** The parent of this template; undefined for a top-level stack. */
  readonly nesting: { readonly resource: TemplateResource } | undefined;
  /** All templates of the app, this one among them. */
  readonly app: () => readonly Template[];
}

/** The origin of a template. */
export type TemplateOrigin = Pick<Template, 'path' | 'stackName' | 'nesting' | 'app'>;

/** @param json the parsed template. */
export function readTemplate(json: unknown, origin: TemplateOrigin): Template {
  const resources = new Map<string, TemplateResource>();
  const template: Template = {
    ...origin,
    resources,
    outputs: new Map(
      entriesAt(json, 'Outputs').map(([name, output]) => [
        name,
        { value: at(output, 'Value'), exportName: at(output, 'Export', 'Name') },
      ]),
    ),
    mappings: at(json, 'Mappings'),
  };
  for (const [logicalId, resource] of entriesAt(json, 'Resources')) {
    resources.set(logicalId, {
      logicalId,
      type: textAt(resource, 'Type') ?? '',
      properties: at(resource, 'Properties'),
      constructPath: textAt(resource, 'Metadata', 'aws:cdk:path') ?? logicalId,
      metadata: at(resource, 'Metadata'),
      template,
    });
  }
  return template;
}

function entriesAt(json: unknown, key: string): readonly [string, unknown][] {
  const found = at(json, key);
  return isRecord(found) ? Object.entries(found) : [];
}
