import type { TemplateResource } from './template.ts';

/** A Kafka mapping that is polled locally and not deployed to the endpoint. */
export interface AbsentMapping {
  /** A literal UUID that no endpoint knows. */
  readonly uuid: string;
  /** The mapping's resource, with literals in place of references to other resources that are not deployed. */
  readonly resource: TemplateResource;
}

/** The absent mappings of a stack by their logical ids. */
export type AbsentMappings = Readonly<Record<string, AbsentMapping>>;
