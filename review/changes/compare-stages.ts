import { isDeepStrictEqual } from 'node:util';
import { at } from '../../lib/guards/json-access.ts';
import { reader } from '../stage/readable.ts';
import type { Resource, Stage } from '../stage/stage.ts';
import type { BehaviourOf, UpdateBehaviour } from './update-behaviour.ts';

/** The effect of a stage's deployment on an existing or a new resource. */
export interface Change {
  readonly resource: string;
  readonly type: string;
  readonly kind: ChangeKind;
  /** The causes: properties, or resources that it refers to. */
  readonly because: readonly string[];
  readonly data: DataFate;
  /** Set when CloudFormation cannot do it at all. */
  readonly obstacle?: string;
}

export type ChangeKind =
  'added' | 'updated' | 'no longer kept' | 'replaced' | 'perhaps replaced' | 'removed' | 'not known';

/** The fate of the old resource's data. */
export type DataFate = 'holds none' | 'stays' | 'stays outside the stack' | 'is lost' | 'is lost if replaced';

/** Compares two versions of a stage: the effect of deploying `after` over `before`, by logical id. */
export function compareStages(before: Stage, after: Stage, behaviourOf: BehaviourOf): readonly Change[] {
  const removed = before.resources.filter((old) => counterpart(after, old) === undefined);
  const replaced = replacedResources(before, after, behaviourOf);
  return [
    ...removed.map((old) => removal(old, behaviourOf)),
    ...after.resources.flatMap((resource) => {
      const old = counterpart(before, resource);
      if (old === undefined) return [addition(resource)];
      const causes = replaced.get(resource);
      if (causes !== undefined) return [replacement(old, resource, causes, behaviourOf)];
      if (losesProtection(old, resource)) return [exposure(old, resource, behaviourOf)];
      return isDeepStrictEqual(old.properties, resource.properties)
        ? []
        : [update(old, resource, behaviourOf)];
    }),
  ];
}

/** Another type under the same id is another resource. */
function counterpart(stage: Stage, { stackName, logicalId, type }: Resource): Resource | undefined {
  return stage.resources.find(
    (other) => other.stackName === stackName && other.logicalId === logicalId && other.type === type,
  );
}

/**
 * Finds the replaced resources, with reasons. A resource that depends on the id of a replaced one may be replaced
 * too.
 */
function replacedResources(
  before: Stage,
  after: Stage,
  behaviourOf: BehaviourOf,
): ReadonlyMap<Resource, readonly string[]> {
  const replaced = new Map<Resource, readonly string[]>();
  for (let found = -1; found !== replaced.size;) {
    found = replaced.size;
    for (const resource of after.resources) {
      const old = counterpart(before, resource);
      const paths = behaviourOf(resource.type)?.replacedBy ?? [];
      if (old === undefined || replaced.has(resource)) continue;
      const causes = [
        ...paths.filter((path) => !isSame(old, resource, path)),
        ...referencesToReplaced(after, resource, paths, replaced),
      ];
      if (causes.length > 0) replaced.set(resource, causes);
    }
  }
  return replaced;
}

function referencesToReplaced(
  stage: Stage,
  resource: Resource,
  paths: readonly string[],
  replaced: ReadonlyMap<Resource, unknown>,
): readonly string[] {
  const read = reader(stage);
  return paths.flatMap((path) => {
    const value = valueAt(resource, path);
    const texts = new Set(
      (Array.isArray(value) ? value : [value]).map((one: unknown) => read(one, resource)),
    );
    const gone = [...replaced.keys()].find(({ name }) => texts.has(name));
    return gone === undefined ? [] : [`${path}: ${gone.name} is replaced`];
  });
}

function replacement(
  old: Resource,
  resource: Resource,
  because: readonly string[],
  behaviourOf: BehaviourOf,
): Change {
  const behaviour = behaviourOf(resource.type);
  const isKept = old.onReplacement === 'Retain' && resource.onReplacement === 'Retain';
  const name = fixedName(old, behaviour);
  const keepsName = name !== undefined && name === fixedName(resource, behaviour);
  return {
    ...common(resource, 'replaced', because),
    data: fateOf(behaviour, isKept),
    ...(keepsName && {
      obstacle: `the new one cannot be created while the old one has the name ${name}`,
    }),
  };
}

function removal(old: Resource, behaviourOf: BehaviourOf): Change {
  return {
    ...common(old, 'removed', ['it is no longer in the template']),
    data: fateOf(behaviourOf(old.type), old.onDeletion.startsWith('Retain')),
  };
}

function addition(resource: Resource): Change {
  return { ...common(resource, 'added', []), data: 'holds none' };
}

function update(old: Resource, resource: Resource, behaviourOf: BehaviourOf): Change {
  const behaviour = behaviourOf(resource.type);
  const changed = changedProperties(old, resource);
  if (behaviour === undefined)
    return { ...common(resource, 'not known', changed), data: 'is lost if replaced' };
  const perhaps = (behaviour.sometimesReplacedBy ?? []).filter((path) => !isSame(old, resource, path));
  if (perhaps.length === 0)
    return { ...common(resource, 'updated', changed), data: behaviour.holdsData ? 'stays' : 'holds none' };
  const data = behaviour.holdsData && resource.onReplacement !== 'Retain' ? 'is lost if replaced' : 'stays';
  return {
    ...common(resource, 'perhaps replaced', perhaps),
    data: behaviour.holdsData ? data : 'holds none',
  };
}

/**
 * Finds resources that are no longer kept: nothing is lost yet, but the next removal or replacement would lose the
 * data.
 */
function losesProtection(old: Resource, resource: Resource): boolean {
  return (
    (old.onDeletion !== 'Delete' && resource.onDeletion === 'Delete') ||
    (old.onReplacement !== 'Delete' && resource.onReplacement === 'Delete')
  );
}

function exposure(old: Resource, resource: Resource, behaviourOf: BehaviourOf): Change {
  const { data } = update(old, resource, behaviourOf);
  return {
    ...common(resource, 'no longer kept', ['DeletionPolicy or UpdateReplacePolicy is Delete now']),
    data,
  };
}

function common(
  { name, type }: Resource,
  kind: ChangeKind,
  because: readonly string[],
): Pick<Change, 'resource' | 'type' | 'kind' | 'because'> {
  return { resource: name, type, kind, because };
}

/** A type that nobody has judged may hold data. */
function fateOf(behaviour: UpdateBehaviour | undefined, isKept: boolean): DataFate {
  if (behaviour !== undefined && !behaviour.holdsData) return 'holds none';
  return isKept ? 'stays outside the stack' : 'is lost';
}

function fixedName(resource: Resource, behaviour: UpdateBehaviour | undefined): string | undefined {
  const name =
    behaviour?.nameProperty === undefined ? undefined : at(resource.properties, behaviour.nameProperty);
  return typeof name === 'string' ? name : undefined;
}

function changedProperties(old: Resource, resource: Resource): readonly string[] {
  const names = [old, resource].flatMap(({ properties }) => Object.keys(properties ?? {}));
  return [...new Set(names)].filter((name) => !isSame(old, resource, name)).toSorted();
}

function isSame(old: Resource, resource: Resource, path: string): boolean {
  return isDeepStrictEqual(valueAt(old, path), valueAt(resource, path));
}

function valueAt({ properties }: Resource, path: string): unknown {
  return at(properties, ...path.split('.'));
}
