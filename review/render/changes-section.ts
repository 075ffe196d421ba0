import type { Change } from '../changes/compare-stages.ts';
import type { BehaviourOf } from '../changes/update-behaviour.ts';
import type { Resource } from '../stage/stage.ts';
import { code, table } from './markdown.ts';

const ORDINARY: ReadonlySet<Change['kind']> = new Set(['added', 'updated']);

/** Renders what a deployment replaces, removes or may lose. Ordinary changes are counted and listed. */
export function changesSection(changes: readonly Change[], comparedWith: string): string {
  const notable = changes.filter(({ kind }) => !ORDINARY.has(kind));
  const ordinary = changes.filter(({ kind }) => ORDINARY.has(kind));
  return [
    `Compared with ${comparedWith}.`,
    notable.length === 0
      ? 'Nothing is replaced, removed or lost.'
      : table(
          ['resource', 'type', 'what happens', 'because of', 'its data', 'obstacle'],
          notable.map(({ resource, type, kind, because, data, obstacle }) => [
            code(resource),
            type,
            `**${kind}**`,
            because.join('\n'),
            data.includes('lost') ? `**${data}**` : data,
            obstacle ?? '',
          ]),
        ),
    ...(ordinary.length === 0
      ? []
      : [
          table(
            ['resource', 'type', 'what happens', 'properties'],
            ordinary.map(({ resource, type, kind, because }) => [
              code(resource),
              type,
              kind,
              because.join(', '),
            ]),
          ),
        ]),
  ].join('\n\n');
}

/** Renders the fate of each resource with data when its stack is deleted or it is replaced. */
export function removalSection(resources: readonly Resource[], behaviourOf: BehaviourOf): string {
  const holders = resources.filter(({ type }) => behaviourOf(type)?.holdsData);
  return table(
    ['resource', 'type', 'when removed', 'when replaced', 'replaced by a change of'],
    holders.map(({ name, type, onDeletion, onReplacement }) => [
      code(name),
      type,
      policyWord(onDeletion),
      policyWord(onReplacement),
      code(...(behaviourOf(type)?.replacedBy ?? [])) || 'nothing',
    ]),
  );
}

function policyWord(policy: string): string {
  return policy === 'Delete' ? 'deleted' : 'kept';
}
