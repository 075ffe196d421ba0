import { isEmailAddress } from './email-address.ts';

/**
 * Reads the addresses from the context; undefined when there are none.
 *
 * @param value a list of addresses, or a text with commas between them.
 * @throws Error that names the invalid address.
 */
export function parseSubscribers(value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined;
  const addresses: readonly unknown[] =
    typeof value === 'string' ? value.split(',').map((address) => address.trim()) : [value].flat();
  if (!addresses.every(isEmailAddress)) {
    throw new Error(
      `alarmSubscribers is ${JSON.stringify(value)}; it must be e-mail addresses: -c alarmSubscribers=a@…,b@….`,
    );
  }
  return addresses;
}
