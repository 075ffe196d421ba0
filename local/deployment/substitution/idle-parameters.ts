import { referencedIds } from './references.ts';
import { isObject, type Json, type Template } from '../assembly/template.ts';

/** The sections of a template that may refer to parameters. */
const SECTIONS = ['Resources', 'Outputs', 'Conditions', 'Rules'];

/**
 * The template without the parameters that nothing refers to any more: CloudFormation would want a value for those that
 * only left the network's resources something to refer to.
 *
 * @param kept - parameters that stay in any case
 */
export function withoutIdleParameters(template: Template, kept: ReadonlySet<string>): Template {
  const { Parameters } = template;
  if (Parameters === undefined) return template;
  const used = new Set(SECTIONS.flatMap((section) => Array.from(idsIn(template[section]))));
  return {
    ...template,
    Parameters: Object.fromEntries(
      Object.entries(Parameters).filter(([name]) => used.has(name) || kept.has(name)),
    ),
  };
}

const idsIn = (section: unknown): ReadonlySet<string> =>
  isObject(section) ? referencedIds(section satisfies Json) : new Set();
