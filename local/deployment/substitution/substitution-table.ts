import type { EndpointKind } from './endpoint-kind.ts';
import { isList, isObject, type JsonObject } from '../assembly/template.ts';

/**
 * The action for a resource that is not deployed unchanged:
 * - `stand-in`: something real takes its place outside the template;
 * - `placeholder`: nothing takes its place, and references to it get a literal;
 * - `left out`: the same, for a resource that no running part refers to.
 */
export type SubstitutionAction = 'stand-in' | 'placeholder' | 'left out';

/** The kind of a stand-in: a cluster at the endpoint's MSK API, or a topic on the local broker. */
export type StandIn = 'msk-cluster' | 'kafka-topic';

export interface SubstitutionRule {
  /** A resource type, or the beginning of one followed by `*`. */
  readonly type: string;
  readonly endpoints: readonly EndpointKind[];
  readonly action: SubstitutionAction;
  readonly standIn?: StandIn;
  /** The reason, as words after "because". */
  readonly reason: string;
  /** Limits the rule to some resources of the type; absent: all of them. */
  readonly when?: (properties: JsonObject) => boolean;
}

/**
 * Returns whether the properties of an event source mapping name Kafka, managed or self-managed, and not a queue or
 * stream.
 */
export function isKafkaMapping({ Topics, SelfManagedEventSource }: JsonObject): boolean {
  return Topics !== undefined || SelfManagedEventSource !== undefined;
}

/** Tells whether a rule invokes its targets at a fixed rate. Rules with a calendar (`cron`) do not work locally. */
export function isKeptSchedule({ ScheduleExpression, State }: JsonObject): boolean {
  return (
    typeof ScheduleExpression === 'string' && ScheduleExpression.startsWith('rate(') && State !== 'DISABLED'
  );
}

/** Tells whether a rule matches events of CloudFormation, which happen when stacks are deployed. */
export function matchesDeployments({ EventPattern }: JsonObject): boolean {
  const source = EventPattern !== undefined && isObject(EventPattern) ? EventPattern['source'] : undefined;
  return source !== undefined && isList(source) && source.includes('aws.cloudformation');
}

const ALARM_REASON =
  'the endpoint supports neither metric math nor M of N: it gets an alarm with this name on a metric that nobody publishes, and ' +
  'the state is set from here';

const EVERY_ENDPOINT: readonly EndpointKind[] = ['ministack', 'localstack'];

/** The rules by resource type. The first match applies, and a type without a rule is deployed unchanged. */
export const SUBSTITUTION_TABLE: readonly SubstitutionRule[] = [
  {
    type: 'AWS::MSK::Cluster',
    endpoints: ['ministack'],
    action: 'stand-in',
    standIn: 'msk-cluster',
    reason: "the endpoint's CloudFormation does not support MSK; the cluster is created through its MSK API",
  },
  {
    type: 'AWS::MSK::ServerlessCluster',
    endpoints: ['ministack'],
    action: 'stand-in',
    standIn: 'msk-cluster',
    reason: "the endpoint's CloudFormation does not support MSK; the cluster is created through its MSK API",
  },
  {
    type: 'AWS::Lambda::EventSourceMapping',
    endpoints: ['localstack'],
    action: 'stand-in',
    reason: 'the local pollers do its work, and the endpoint must not poll beside them',
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
    reason: 'the local broker has its own settings and accepts every local process',
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
    reason: 'it restricts a security group of a network that does not exist here',
  },
  {
    type: 'AWS::ApplicationAutoScaling::*',
    endpoints: EVERY_ENDPOINT,
    action: 'left out',
    reason: 'the resource that it scales does not grow on one machine',
  },
  {
    type: 'AWS::Events::Rule',
    endpoints: ['ministack'],
    action: 'stand-in',
    reason: 'its functions are invoked locally, where they run; the endpoint would start them a second time',
    when: isKeptSchedule,
  },
  {
    type: 'AWS::Events::Rule',
    endpoints: ['ministack'],
    action: 'stand-in',
    reason: 'local stacks change only at the start, and the start counts as the event',
    when: matchesDeployments,
  },
  {
    type: 'AWS::Events::Rule',
    endpoints: EVERY_ENDPOINT,
    action: 'placeholder',
    reason: 'the endpoint would run scheduled functions itself, outside of this environment',
  },
  {
    type: 'AWS::CloudWatch::CompositeAlarm',
    endpoints: ['ministack'],
    action: 'stand-in',
    reason: ALARM_REASON,
  },
  {
    type: 'AWS::CloudWatch::Alarm',
    endpoints: ['ministack'],
    action: 'stand-in',
    reason: ALARM_REASON,
  },
];

/** Finds the rule for a resource at a kind of endpoint; undefined when it is deployed unchanged. */
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
