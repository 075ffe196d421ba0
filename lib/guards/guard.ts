import type { PartitionStep } from '../topology/partition-growth.ts';
import type { MappingFacts } from './mapping-facts.ts';
import type { TemplateResource } from './template.ts';
import type { TopicFacts } from './topic-facts.ts';

/** Everything about Kafka in the synthesized templates of an app. */
export interface KafkaFacts {
  readonly mappings: readonly MappingFacts[];
  readonly topics: readonly TopicFacts[];
}

/** What an app promises beside its templates. */
export interface Promises {
  /** How soon after an alarm a failed batch is redriven. */
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
  /** What must remain of the invocation for a record to be started. */
  readonly reserveMilliseconds: number;
}

/** One rule that a template can break. */
export interface Guard {
  readonly id: string;
  readonly rule: string;
  readonly check: (facts: KafkaFacts, promises: Promises) => readonly Answer[];
}

/** What a guard says where a rule is not kept for certain: that it is broken, or that nobody can know before the deployment. */
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
  /** The property whose value is only known when it is deployed. */
  readonly unknownProperty: string;
}

/** The answer that a property's value is only known when it is deployed. */
export const unanswered = (resource: TemplateResource, unknownProperty: string): readonly Answer[] => [
  { resource, unknownProperty },
];
