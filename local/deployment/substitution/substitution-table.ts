import type { EndpointKind } from './endpoint-kind.ts';
import type { JsonObject } from '../assembly/template.ts';

/**
 * What is done with a resource that is not deployed as it stands:
 * - `stand-in`: something real takes its place outside the template;
 * - `placeholder`: nothing takes its place, and whatever refers to it gets a literal;
 * - `left out`: the same, for what nothing that runs refers to.
 */
export type SubstitutionAction = 'stand-in' | 'placeholder' | 'left out';

/** What is made to stand in for a resource: a cluster at the endpoint's MSK API, or a topic on the local broker. */
export type StandIn = 'msk-cluster' | 'kafka-topic';

export interface SubstitutionRule {
  /** A resource type, or the beginning of one followed by `*`. */
  readonly type: string;
  readonly endpoints: readonly EndpointKind[];
  readonly action: SubstitutionAction;
  readonly standIn?: StandIn;
  /** Why, in words that follow "because". */
  readonly reason: string;
  /** Narrows the rule to some resources of the type; absent means all of them. */
  readonly when?: (properties: JsonObject) => boolean;
}

/** Whether the properties of an event source mapping name Kafka, managed or self-managed, and no queue or stream. */
export function isKafkaMapping({ Topics, SelfManagedEventSource }: JsonObject): boolean {
  return Topics !== undefined || SelfManagedEventSource !== undefined;
}

const EVERY_ENDPOINT: readonly EndpointKind[] = ['ministack', 'localstack'];

/** The rules by resource type; the first that applies is taken, and a type without a rule is deployed as it stands. */
export const SUBSTITUTION_TABLE: readonly SubstitutionRule[] = [
  {
    type: 'AWS::MSK::Cluster',
    endpoints: ['ministack'],
    action: 'stand-in',
    standIn: 'msk-cluster',
    reason: "the endpoint's CloudFormation has no MSK; the cluster is created through its MSK API",
  },
  {
    type: 'AWS::MSK::ServerlessCluster',
    endpoints: ['ministack'],
    action: 'stand-in',
    standIn: 'msk-cluster',
    reason: "the endpoint's CloudFormation has no MSK; the cluster is created through its MSK API",
  },
  {
    type: 'AWS::Lambda::EventSourceMapping',
    endpoints: ['localstack'],
    action: 'stand-in',
    reason: 'the pollers here do its work, and no edition of the endpoint may poll beside them',
    when: isKafkaMapping,
  },
  {
    type: 'AWS::MSK::Topic',
    endpoints: EVERY_ENDPOINT,
    action: 'stand-in',
    standIn: 'kafka-topic',
    reason: 'the topic is created on the local broker',
  },
  {
    type: 'AWS::MSK::*',
    endpoints: EVERY_ENDPOINT,
    action: 'placeholder',
    reason: 'the local broker has its own settings and lets every local process in',
  },
  {
    type: 'AWS::EC2::*',
    endpoints: EVERY_ENDPOINT,
    action: 'placeholder',
    reason: 'processes on one machine need no network of their own',
  },
  {
    type: 'Custom::VpcRestrictDefaultSG',
    endpoints: EVERY_ENDPOINT,
    action: 'left out',
    reason: 'it closes a security group of the network that is not there',
  },
  {
    type: 'AWS::ApplicationAutoScaling::*',
    endpoints: EVERY_ENDPOINT,
    action: 'left out',
    reason: 'what it scales does not grow on one machine',
  },
  {
    type: 'AWS::Events::Rule',
    endpoints: EVERY_ENDPOINT,
    action: 'placeholder',
    reason: 'the endpoint would run scheduled functions by itself, beside this environment',
  },
  {
    type: 'AWS::CloudWatch::CompositeAlarm',
    endpoints: ['ministack'],
    action: 'left out',
    reason: 'the endpoint has no composite alarms',
  },
  {
    type: 'AWS::CloudWatch::Alarm',
    endpoints: ['ministack'],
    action: 'left out',
    reason: 'the endpoint has no alarms on metric math',
    when: ({ Metrics }) => Metrics !== undefined,
  },
];

/** The rule for a resource at a kind of endpoint; undefined when it is deployed as it stands. */
export function ruleFor(
  table: readonly SubstitutionRule[],
  endpoint: EndpointKind,
  resource: { readonly type: string; readonly properties: JsonObject },
): SubstitutionRule | undefined {
  return table.find(
    ({ type, endpoints, when }) =>
      endpoints.includes(endpoint) &&
      matchesType(type, resource.type) &&
      (when === undefined || when(resource.properties)),
  );
}

const matchesType = (pattern: string, type: string): boolean =>
  pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
