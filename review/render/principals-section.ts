import type { Grant, PrincipalPowers } from '../principals.ts';
import type { Condition } from '../stage/statements.ts';
import { code, table } from './markdown.ts';

/** Renders a section for each principal, with a row for each statement. */
export function principalsSection(principals: readonly PrincipalPowers[]): string {
  return principals.map(onePrincipal).join('\n\n');
}

function onePrincipal({ principal, assumedBy, usedBy, grants }: PrincipalPowers): string {
  const lines = [
    ...(assumedBy.length === 0 ? [] : [`Assumed by ${code(...assumedBy)}.`]),
    ...(usedBy.length === 0 ? [] : [`Used by ${code(...usedBy)}.`]),
  ];
  return [
    `### ${code(principal)}`,
    ...(lines.length === 0 ? [] : [lines.join(' ')]),
    table(['', 'actions', 'on', 'if', 'by'], grants.map(row)),
  ].join('\n\n');
}

function row({ via, statement }: Grant): readonly string[] {
  return [
    statement.effect === 'Deny' ? '**never**' : 'may',
    code(...statement.actions),
    code(...statement.resources),
    statement.conditions.map(conditionText).join('\n'),
    `${code(via)}${statement.sid === '' ? '' : ` ${statement.sid}`}`,
  ];
}

function conditionText({ operator, key, values }: Condition): string {
  return `${code(key)} ${operator} ${code(...values)}`;
}
