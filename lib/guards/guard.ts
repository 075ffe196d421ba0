import type { PartitionStep } from '../topology/partition-growth.ts';
import type { MappingFacts } from './mapping-facts.ts';
import type { TemplateResource } from './template.ts';
import type { TopicFacts } from './topic-facts.ts';

/** Everything about Kafka in the synthesized templates of an app. */
export interface KafkaFacts {
  readonly mappings: readonly MappingFacts[];
  readonly topics: readonly TopicFacts[];
}

/** The promises of an app that its templates do not contain. */
export interface Promises {
  /** The time between an alarm and the redrive of a failed batch. */
  readonly responseTimeHours: number;
  /** The environment variable of a function that holds the lifetime of its dedupe items in days. */
  readonly itemLifetimeVariable?: string;
  /** Every partition count that a topic ever had, oldest first, by topic name. */
  readonly partitionHistory?: Readonly<Record<string, readonly PartitionStep[]>>;
  /** The slowest pace at which a full batch must still fit its function's timeout, by consumer group id. */
  readonly pace?: Readonly<Record<string, Pace>>;
}

export interface Pace {
  readonly recordMilliseconds: number;
  readonly recordsAtOnce: number;
  /** The remaining time of the invocation that is required to start a record. */
  readonly reserveMilliseconds: number;
}

/** One rule that a template can break. */
export interface Guard {
  readonly id: string;
  readonly rule: string;
  readonly check: (facts: KafkaFacts, promises: Promises) => readonly Answer[];
}

/** The finding of a guard: the rule is broken, or the deployment alone can show whether it is kept. */
export type Answer = Finding | Unanswered;

export interface Finding {
  readonly resource: TemplateResource;
  /** The property that is wrong, as CloudFormation writes it. */
  readonly property: string;
  /** Its value and why it cannot stay. */
  readonly problem: string;
  readonly fix: string;
}

export interface Unanswered {
  readonly resource: TemplateResource;
  /** The property whose value is only known at deployment. */
  readonly unknownProperty: string;
}

/** Returns the finding that a property's value is only known at deployment. */
export const unanswered = (resource: TemplateResource, unknownProperty: string): readonly Answer[] => [
  { resource, unknownProperty },
];
