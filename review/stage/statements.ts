import { at, isRecord, textAt } from '../../lib/guards/json-access.ts';

/** One statement of a policy, as text. */
export interface Statement {
  readonly sid: string;
  readonly effect: 'Allow' | 'Deny';
  /** The principals, in a resource policy or a role's trust policy. */
  readonly principals: readonly Principal[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly Condition[];
}

export interface Principal {
  /** `AWS` also stands for everybody, whose id is `*`. */
  readonly kind: 'AWS' | 'Service' | 'Federated' | 'CanonicalUser' | 'everybody but';
  readonly id: string;
}

export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** Reads the statements of a policy document. @param read formats a value as text */
export function readStatements(document: unknown, read: (value: unknown) => string): readonly Statement[] {
  return listOf(at(document, 'Statement')).map((statement) => ({
    sid: textAt(statement, 'Sid') ?? '',
    effect: textAt(statement, 'Effect') === 'Deny' ? 'Deny' : 'Allow',
    principals: principalsOf(statement, read),
    actions: namedOrAllBut(statement, 'Action', read),
    resources: namedOrAllBut(statement, 'Resource', read),
    conditions: conditionsOf(at(statement, 'Condition'), read),
  }));
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function principalsOf(statement: unknown, read: (value: unknown) => string): readonly Principal[] {
  const allBut = at(statement, 'NotPrincipal');
  if (allBut !== undefined) return [{ kind: 'everybody but', id: JSON.stringify(allBut) }];
  const principal = at(statement, 'Principal');
  if (!isRecord(principal)) return listOf(principal).map((id) => ({ kind: 'AWS', id: read(id) }));
  const kinds = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;
  return kinds.flatMap((kind) => listOf(principal[kind]).map((id) => ({ kind, id: read(id) })));
}

function namedOrAllBut(
  statement: unknown,
  element: 'Action' | 'Resource',
  read: (value: unknown) => string,
): readonly string[] {
  const allBut = listOf(at(statement, `Not${element}`)).map((value) => `all but ${read(value)}`);
  return [...listOf(at(statement, element)).map(read), ...allBut];
}

function conditionsOf(conditions: unknown, read: (value: unknown) => string): readonly Condition[] {
  return Object.entries(isRecord(conditions) ? conditions : {}).flatMap(([operator, keys]) =>
    Object.entries(isRecord(keys) ? keys : {}).map(([key, values]) => ({
      operator,
      key,
      values: listOf(values).map(read),
    })),
  );
}

/** Policies write one thing without the brackets of a list. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}
