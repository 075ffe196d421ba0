import { referencedIds } from './references.ts';
import type { AbsentResources } from '../assembly/absent-resources.ts';
import { isObject, type Json, type Template } from '../assembly/template.ts';

/** The sections of a template that may refer to parameters. */
const SECTIONS = ['Resources', 'Outputs', 'Conditions', 'Rules'];

/**
 * Removes the parameters that nothing refers to any more. CloudFormation would demand values for them, although only
 * removed resources used them.
 *
 * @param kept - parameters that always stay
 * @param absent - the absent resources of the stack; the parameters that they refer to stay too
 */
export function withoutIdleParameters(
  template: Template,
  kept: ReadonlySet<string>,
  absent: AbsentResources = {},
): Template {
  const { Parameters } = template;
  if (Parameters === undefined) return template;
  const askedFor = Object.values(absent).map(({ resource }) => resource.Properties);
  const used = new Set(
    [...SECTIONS.map((section) => template[section]), ...askedFor].flatMap((part) => Array.from(idsIn(part))),
  );
  return {
    ...template,
    Parameters: Object.fromEntries(
      Object.entries(Parameters).filter(([name]) => used.has(name) || kept.has(name)),
    ),
  };
}

const idsIn = (section: unknown): ReadonlySet<string> =>
  isObject(section) ? referencedIds(section satisfies Json) : new Set();
