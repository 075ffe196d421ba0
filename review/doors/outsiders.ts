import { describePrincipal } from '../principals.ts';
import type { Condition, Principal, Statement } from '../stage/statements.ts';

/** The stage's account, as the templates name it. */
const OWN_ACCOUNT = '{AccountId}';

/**
 * The condition keys that identify the caller, or the one for whom a service acts.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const CALLER_KEYS =
  /^(aws:(PrincipalAccount|PrincipalArn|SourceAccount|SourceArn|SourceOwner)|kms:CallerAccount)$/i;

/**
 * The condition keys that callers set themselves. They can be trusted only from a service, which sets the resource
 * that it acts for.
 */
const SAID_BY_THE_CALLER = /^kms:EncryptionContext:/i;

/** Operators under which a missing or another value refuses the request. */
const CONFINING_OPERATORS =
  /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike)$/;

/**
 * Lists the outsiders that a statement admits: everybody, another account, or an AWS service that may act for
 * anybody, unless a condition limits them to this account.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function outsidersOf({ effect, principals, conditions }: Statement): readonly string[] {
  if (effect === 'Deny') return [];
  return principals
    .filter((principal) => !isOwn(principal))
    .filter(({ kind }) => !conditions.some((condition) => isConfining(condition, kind)))
    .map(describePrincipal);
}

/** Lists the outsiders that a role trusts. A service assumes a role only when somebody in the account has passed it. */
export function trustedOutsidersOf(statement: Statement): readonly string[] {
  return outsidersOf({
    ...statement,
    principals: statement.principals.filter(({ kind }) => kind !== 'Service'),
  });
}

function isConfining({ operator, key, values }: Condition, kind: Principal['kind']): boolean {
  const tellsWho = CALLER_KEYS.test(key) || (kind === 'Service' && SAID_BY_THE_CALLER.test(key));
  return CONFINING_OPERATORS.test(operator) && tellsWho && values.every(namesOwnAccount);
}

/** The account itself, or an ARN in it. */
function namesOwnAccount(value: string): boolean {
  return value === OWN_ACCOUNT || value.split(':')[4] === OWN_ACCOUNT;
}

/** An account by its number or by an ARN; a resource of the stage stands for its own account. */
function isOwn({ kind, id }: Principal): boolean {
  if (kind !== 'AWS' || id === '*') return false;
  return id === OWN_ACCOUNT || id.split(':')[4] === OWN_ACCOUNT || /^[\w-]+\/\D/.test(id);
}
