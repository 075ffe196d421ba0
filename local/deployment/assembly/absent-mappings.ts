import type { TemplateResource } from './template.ts';

/** A Kafka mapping that is polled here without being deployed. */
export interface AbsentMapping {
  /** A literal; no endpoint knows it. */
  readonly uuid: string;
  /** Its resource, with literals in place of references to what is not deployed either. */
  readonly resource: TemplateResource;
}

/** The absent mappings of a stack by their logical ids. */
export type AbsentMappings = Readonly<Record<string, AbsentMapping>>;
