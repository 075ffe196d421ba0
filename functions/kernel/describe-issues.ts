import type * as z from 'zod/mini';

const MAX_ISSUES = 5;

/**
 * Says what is wrong where, without quoting what was received: schemas here strip or refuse unknown keys, so that a
 * path holds only names of the schema and array positions.
 */
export function describeIssues(error: z.core.$ZodError): string {
  const described = error.issues.slice(0, MAX_ISSUES).map(describeIssue);
  const more = error.issues.length - described.length;
  return described.join('; ') + (more > 0 ? `; and ${more} more` : '');
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join('.');
  return `${path === '' ? 'the value' : path} ${describeRule(issue)}`;
}

function describeRule(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `is not of type ${issue.expected}`;
  if (issue.code === 'too_small') return `is less than the minimum of ${issue.minimum}`;
  if (issue.code === 'too_big') return `is more than the maximum of ${issue.maximum}`;
  if (issue.code === 'invalid_format') return `is not of the allowed shape (${issue.format})`;
  if (issue.code === 'unrecognized_keys') return 'has fields that are not known';
  if (issue.code === 'custom') return issue.message;
  return 'is not an allowed value';
}
