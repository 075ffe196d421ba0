import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Property, PropertyType, Resource } from '@aws-cdk/service-spec-types';
import { OVERLAY } from './behaviour-overlay.ts';

/** How CloudFormation updates the resources of one type. */
export interface UpdateBehaviour {
  /** Properties, as dotted paths, whose change makes a new resource in place of the old one. */
  readonly replacedBy: readonly string[];
  /** Properties whose change replaces the resource in some cases. */
  readonly sometimesReplacedBy?: readonly string[];
  /** The property with the resource's name. A resource with a fixed name cannot exist twice, not even for a moment. */
  readonly nameProperty?: string;
  /** True when the resource contains data that is deleted with it. */
  readonly holdsData?: true;
}

/** Finds the update behaviour of a resource type, such as `AWS::SQS::Queue`; undefined for one that nobody knows. */
export type BehaviourOf = (type: string) => UpdateBehaviour | undefined;

/**
 * Reads the update behaviour of each type from the specification of the AWS CDK, and corrects it by {@link OVERLAY}. The
 * specification is loaded at the first question, which takes about a second.
 * @see https://github.com/cdklabs/awscdk-service-spec
 */
export const updateBehaviour: BehaviourOf = remembered((type) => {
  const specified = specification().lookup('resource', 'cloudFormationType', 'equals', type)[0];
  const { narrowed = {}, ...overlay } = OVERLAY[type] ?? {};
  if (specified === undefined)
    return overlay.replacedBy === undefined ? undefined : { replacedBy: [], ...overlay };
  const behaviour = { ...behaviourOf(specified), ...overlay };
  return { ...behaviour, replacedBy: behaviour.replacedBy.map((path) => narrowed[path] ?? path) };
});

const specification = once(loadAwsServiceSpecSync);

function behaviourOf(resource: Resource): UpdateBehaviour {
  const found = causesOf(resource.properties);
  const additional = (resource.additionalReplacementProperties ?? []).map((path) => path.join('.'));
  const replacedBy = [
    ...found.filter(({ causes }) => causes === 'yes').map(({ path }) => path),
    ...additional,
  ];
  const sometimes = found.filter(({ causes }) => causes === 'maybe').map(({ path }) => path);
  const nameProperty = namesOf(resource).find((name) => replacedBy.includes(name));
  return {
    replacedBy: replacedBy.toSorted(),
    ...(sometimes.length > 0 && { sometimesReplacedBy: sometimes.toSorted() }),
    ...(nameProperty !== undefined && { nameProperty }),
    ...(resource.isStateful === true && { holdsData: true as const }),
  };
}

/** A property that names a resource identifies it, or is called as its type is. */
function namesOf({ name, primaryIdentifier = [] }: Resource): readonly string[] {
  return ['Name', `${name}Name`, ...(primaryIdentifier.length === 1 ? primaryIdentifier : [])];
}

interface Cause {
  readonly path: string;
  readonly causes: 'yes' | 'maybe';
}

/** The properties, and those inside them, whose change replaces the resource. A recursive type ends where it begins again. */
function causesOf(
  properties: Readonly<Record<string, Property>>,
  within: readonly string[] = [],
  types: readonly string[] = [],
): readonly Cause[] {
  return Object.entries(properties).flatMap(([name, { causesReplacement, type }]): readonly Cause[] => {
    const path = [...within, name];
    if (causesReplacement === 'yes' || causesReplacement === 'maybe')
      return [{ path: path.join('.'), causes: causesReplacement }];
    const { id, isList } = referenceOf(type);
    if (id === undefined || types.includes(id)) return [];
    const inside = causesOf(specification().get('typeDefinition', id).properties, path, [...types, id]);
    // Which element of a list changed cannot be said by a path, so the list as a whole perhaps replaces.
    return isList && inside.length > 0 ? [{ path: path.join('.'), causes: 'maybe' }] : inside;
  });
}

function referenceOf(type: PropertyType): { readonly id?: string; readonly isList: boolean } {
  if (type.type === 'ref') return { id: type.reference.$ref, isList: false };
  const element = type.type === 'array' || type.type === 'map' ? type.element : undefined;
  return element?.type === 'ref' ? { id: element.reference.$ref, isList: true } : { isList: false };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function remembered(find: BehaviourOf): BehaviourOf {
  const known = new Map<string, UpdateBehaviour | undefined>();
  return (type) => {
    if (!known.has(type)) known.set(type, find(type));
    return known.get(type);
  };
}
