import type { JsonObject, TemplateResource } from './template.ts';

/** A resource that is not deployed and does its work here: a mapping that is polled, an alarm that is judged, a schedule that is kept. */
export interface AbsentResource {
  /** A literal; no endpoint knows it. */
  readonly physicalId: string;
  /** Its resource, with literals in place of references to what is not deployed either. */
  readonly resource: TemplateResource;
}

/** The absent resources of a stack by their logical ids. */
export type AbsentResources = Readonly<Record<string, AbsentResource>>;

/** A resource that works here in the endpoint's stead, as its template describes it. */
export interface ResourceHere {
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
  /** The CloudFormation properties, every intrinsic function resolved. */
  readonly properties: JsonObject;
}
