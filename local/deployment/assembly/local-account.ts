/** The account id of MiniStack and LocalStack for credentials that do not name an account. */
export const LOCAL_ACCOUNT = '000000000000';

const ACCOUNT_ID = /^\d{12}$/;

/**
 * Replaces the accounts that the stacks of a cloud assembly name with the endpoint's one account. Otherwise the
 * toolkit would look for another account's bucket and roles, and templates would refer to resources in that account.
 */
export const inLocalAccount = (text: string, accounts: Iterable<string>): string =>
  [...accounts].reduce(
    // Skips matches inside an asset id, whose digits may look like an account id by chance.
    (replaced, account) =>
      replaced.replaceAll(new RegExp(`(?<![0-9a-f])${account}(?![0-9a-f])`, 'g'), LOCAL_ACCOUNT),
    text,
  );

/** Reads the account that a stack names; undefined for a stack without an account of its own. */
export const accountOf = (account: string): string | undefined =>
  ACCOUNT_ID.test(account) ? account : undefined;
