/** The account that MiniStack and LocalStack are for any credentials that name none. */
export const LOCAL_ACCOUNT = '000000000000';

const ACCOUNT_ID = /^\d{12}$/;

/**
 * Text of a cloud assembly with the accounts that its stacks name as the one account at the endpoint: the toolkit would
 * look for another one's bucket and roles there, and a template would refer to what is in that account.
 */
export const inLocalAccount = (text: string, accounts: Iterable<string>): string =>
  [...accounts].reduce(
    // Not inside an asset's id, whose digits may happen to be an account's.
    (replaced, account) =>
      replaced.replaceAll(new RegExp(`(?<![0-9a-f])${account}(?![0-9a-f])`, 'g'), LOCAL_ACCOUNT),
    text,
  );

/** The account that a stack names; undefined for a stack that goes to whatever account it is deployed to. */
export const accountOf = (account: string): string | undefined =>
  ACCOUNT_ID.test(account) ? account : undefined;
