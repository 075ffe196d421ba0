import type { StageConfig } from './stage-config.ts';

/** The example accounts of AWS's documentation, and the account of emulators. */
const EXAMPLE_ACCOUNTS = new Set(['000000000000', '111122223333', '123456789012']);

/** Domains that nobody can own: https://www.rfc-editor.org/rfc/rfc2606 */
const exampleDomain = /(^|[.@])(example\.(com|net|org)|(example|invalid|localhost|test))$/i;

/** Lists the fields of a stage that still contain an example, or no subscriber, each with the value to set. */
export function exampleFields({ account, email, alarms }: StageConfig): readonly string[] {
  const nobody = alarms.subscribers.filter((address) => exampleDomain.test(address));
  return [
    ...(account === undefined || EXAMPLE_ACCOUNTS.has(account)
      ? [`account is ${account ?? 'not named'}: name the 12 digits of the stage's account (-c account=…).`]
      : []),
    ...(exampleDomain.test(email.from)
      ? [`email.from is ${email.from}: name a sender that is verified in Amazon SES (-c emailFrom=…).`]
      : []),
    ...(exampleDomain.test(email.identity)
      ? [
          `email.identity is ${email.identity}: name the verified identity of the sender (-c emailIdentity=…).`,
        ]
      : []),
    ...(alarms.subscribers.length === 0
      ? ['alarms.subscribers is empty: name who gets the alarms (-c alarmSubscribers=a@…,b@…).']
      : []),
    ...nobody.map(
      (address) =>
        `alarms.subscribers has ${address}: name somebody who reads it (-c alarmSubscribers=a@…,b@…).`,
    ),
  ];
}

/** Returns the account that a stage is limited to; undefined for an example, which allows any account. */
export function confinedTo({ account }: StageConfig): string | undefined {
  return account === undefined || EXAMPLE_ACCOUNTS.has(account) ? undefined : account;
}
