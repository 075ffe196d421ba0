import { describePrincipal } from '../principals.ts';
import type { Condition, Principal, Statement } from '../stage/statements.ts';

/** The account that the stage is deployed to, as the templates name it. */
const OWN_ACCOUNT = '{AccountId}';

/**
 * Condition keys that tell who is calling, or for whom a service acts.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const CALLER_KEYS =
  /^(aws:(PrincipalAccount|PrincipalArn|SourceAccount|SourceArn|SourceOwner)|kms:CallerAccount)$/i;

/** A caller says this about itself: only a service can be believed, which fills in the resource that it acts for. */
const SAID_BY_THE_CALLER = /^kms:EncryptionContext:/i;

/** Operators under which a missing or another value refuses the request. */
const CONFINING_OPERATORS =
  /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike)$/;

/**
 * Whom a statement admits from outside the account: everybody, another account, or an AWS service that may act for
 * anybody, when no condition confines them to this account.
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

/** Whom a role trusts from outside the account. A service takes on a role only where somebody here passed it on. */
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
