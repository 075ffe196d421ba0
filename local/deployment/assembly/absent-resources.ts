import type { JsonObject, TemplateResource } from './template.ts';

/** A resource that is not deployed to the endpoint, because its work is done locally: a mapping, an alarm or a rule. */
export interface AbsentResource {
  /** A literal id or name that no endpoint knows. */
  readonly physicalId: string;
  /** The resource, with literals in place of references to other resources that are not deployed. */
  readonly resource: TemplateResource;
}

/** The absent resources of a stack by their logical ids. */
export type AbsentResources = Readonly<Record<string, AbsentResource>>;

/** An absent resource after the deployment, as its template describes it. */
export interface ResourceHere {
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
  /** The CloudFormation properties with every intrinsic function resolved. */
  readonly properties: JsonObject;
}
