import { at, listAt, numberAt, textAt } from '../lib/guards/json-access.ts';
import { principalsOf } from './principals.ts';
import { reader, referred } from './stage/readable.ts';
import { ofType } from './stage/stage.ts';
import type { Resource, Stage } from './stage/stage.ts';
import type { Statement } from './stage/statements.ts';

/** The types that are nodes of the diagram, with their Mermaid shapes. */
const stores: Readonly<Record<string, (label: string) => string>> = {
  'AWS::MSK::Topic': (label) => `[["${label}"]]`,
  'AWS::DynamoDB::Table': (label) => `[("${label}")]`,
  'AWS::SQS::Queue': (label) => `>"${label}"]`,
  'AWS::SNS::Topic': (label) => `(["${label}"])`,
};

/** The receivers of actions that name no resource of the stage. */
const outside: Readonly<Record<string, string>> = {
  'ses:SendEmail': 'E-mail (Amazon SES)',
  'sns:Publish': 'SMS (Amazon SNS)',
};

/** Actions that only find, connect or protect, so that no data flows through them. */
const CARRIES_NOTHING = /^(ec2|kms|logs|kafka|xray):|:(Connect|Describe\w*|Alter\w*|Get\w*Attributes)$/;

/** Draws the data flow as a Mermaid flowchart, from mappings, alarms and the permissions of each function's role. */
export function drawStage(stage: Stage): string {
  const edges = [
    ...ofType(stage, 'AWS::Lambda::EventSourceMapping').flatMap((mapping) => mappingEdges(stage, mapping)),
    ...ofType(stage, 'AWS::Lambda::Function').flatMap((handler) => functionEdges(stage, handler)),
    ...alarmEdges(stage),
  ];
  const nodes = [...new Set(edges.flatMap(({ from, to }) => [from, to]))];
  const id = (node: string): string => `n${nodes.indexOf(node) + 1}`;
  return [
    'flowchart LR',
    ...nodes.map((node) => `  ${id(node)}${shapeOf(stage, node)}`),
    ...edges.map(({ from, to, label }) => `  ${id(from)} -->|"${label}"| ${id(to)}`),
  ].join('\n');
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

function mappingEdges(stage: Stage, mapping: Resource): readonly Edge[] {
  const { properties } = mapping;
  const invoked = referred(stage, at(properties, 'FunctionName'), mapping)?.name ?? mapping.name;
  const group = textAt(properties, 'AmazonManagedKafkaEventSourceConfig', 'ConsumerGroupId') ?? 'records';
  const onFailure = at(properties, 'DestinationConfig', 'OnFailure', 'Destination');
  return [
    ...listAt(properties, 'Topics').map((topic) => ({
      from: topicNode(stage, topic) ?? reader(stage)(topic, mapping),
      to: invoked,
      label: group,
    })),
    ...(onFailure === undefined
      ? []
      : [{ from: invoked, to: reader(stage)(onFailure, mapping), label: 'discarded batches' }]),
  ];
}

function topicNode(stage: Stage, topic: unknown): string | undefined {
  return ofType(stage, 'AWS::MSK::Topic').find(({ properties }) => at(properties, 'TopicName') === topic)
    ?.name;
}

function functionEdges(stage: Stage, handler: Resource): readonly Edge[] {
  const powers = principalsOf(stage).find(({ usedBy }) => usedBy.includes(handler.name));
  const allowed = (powers?.grants ?? []).map(({ statement }) => statement).filter(carriesData);
  return allowed
    .flatMap((statement) => targetsOf(stage, statement))
    .filter(({ to }) => !readsAsMapping(stage, handler, to))
    .map(({ to, label }) => ({ from: handler.name, to, label }));
}

/** Skips the topic of the mapping, which reads it with the function's role; that edge exists already. */
function readsAsMapping(stage: Stage, handler: Resource, to: string): boolean {
  return ofType(stage, 'AWS::Lambda::EventSourceMapping').some(
    (mapping) =>
      referred(stage, at(mapping.properties, 'FunctionName'), mapping) === handler &&
      listAt(mapping.properties, 'Topics').some((topic) => topicNode(stage, topic) === to),
  );
}

function carriesData({ effect, actions }: Statement): boolean {
  return effect === 'Allow' && actions.some((action) => !CARRIES_NOTHING.test(action));
}

function targetsOf(stage: Stage, { actions, resources }: Statement): readonly Omit<Edge, 'from'>[] {
  const label = [...new Set(actions.map((action) => action.split(':')[1] ?? action))].join(', ');
  const inside = resources.filter((name) => isStore(stage, name)).map((to) => ({ to, label }));
  const out = actions.flatMap((action) => {
    const to = outside[action];
    return to === undefined || inside.length > 0 ? [] : [{ to, label }];
  });
  return [...inside, ...out];
}

function isStore(stage: Stage, name: string): boolean {
  return stage.resources.some((resource) => resource.name === name && stores[resource.type] !== undefined);
}

function alarmEdges(stage: Stage): readonly Edge[] {
  const alarms = ofType(stage, 'AWS::CloudWatch::Alarm');
  const targets = Map.groupBy(
    alarms.flatMap((alarm) =>
      listAt(alarm.properties, 'AlarmActions').map((action) => reader(stage)(action, alarm)),
    ),
    (target) => target,
  );
  return [...targets].map(([to, found]) => ({ from: `${found.length} alarms`, to, label: 'notify' }));
}

function shapeOf(stage: Stage, node: string): string {
  const resource = stage.resources.find(({ name }) => name === node);
  const partitions = numberAt(resource?.properties, 'PartitionCount');
  const label = partitions === undefined ? node : `${node}, ${partitions} partitions`;
  return (stores[resource?.type ?? ''] ?? ((text) => `["${text}"]`))(label);
}
