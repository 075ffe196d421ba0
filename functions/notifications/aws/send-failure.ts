import type { EffectFailure } from '../../kernel/outcome-of-failure.ts';
import type { SendResult } from '../ports.ts';
import { isBeforeConnection } from '../../aws/sending-connections.ts';
import { errorName } from '../../aws/store-failure.ts';

type NotSent = Exclude<SendResult, { kind: 'sent' }>;

/** The facts about a provider's errors from its adapter. */
export interface Provider {
  readonly name: string;
  /** Returns whether an error's only reason is the address or number of this message. */
  readonly blamesRecipient: (error: Error) => boolean;
}

/**
 * The names and the status under which services ask to send less. They pass by themselves.
 * @see https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html
 */
const THROTTLES = /throttling|throttled|too ?many ?requests|limit ?exceeded/iv;
const TOO_MANY_REQUESTS = 429;

/** No request is made without credentials. */
const NO_CREDENTIALS = 'CredentialsProviderError';

/**
 * What an error of a call to a provider says about the message. It goes by what reached the wire: a message surely was
 * not sent when there never was a connection, or when the provider refused it. Total: an error of an unknown kind says
 * nothing, so the message may be out.
 */
export function judgeSendError(provider: Provider, cause: unknown): NotSent {
  if (isRefusal(cause)) return { kind: 'refused', failure: judgeRefusal(provider, cause) };
  const message = `${provider.name} did not take the message: ${errorName(cause)}.`;
  const failure = { code: 'provider-unavailable', message, cause } as const;
  const isSurelyNotSent = isBeforeConnection(cause) || errorName(cause) === NO_CREDENTIALS;
  return { kind: isSurelyNotSent ? 'refused' : 'unknown', failure };
}

/** Only a fault of the recipient is one of the record. Whatever else is refused is refused to the account. */
function judgeRefusal(provider: Provider, cause: Error): EffectFailure {
  const { name } = cause;
  if (THROTTLES.test(name) || httpStatusOf(cause) === TOO_MANY_REQUESTS)
    return { code: 'provider-unavailable', message: `${provider.name} asks to send less: ${name}.`, cause };
  if (provider.blamesRecipient(cause))
    return { code: 'contact-refused', message: `${provider.name} refuses this recipient: ${name}.`, cause };
  return {
    code: 'account-refused',
    message: `${provider.name} refuses to send for this account: ${name}. Check the sender's identity, the account's sending status and quotas, and the role's permissions.`,
    cause,
  };
}

/** The answer is a client error, such as a throttle or a denial. 408 is a timeout, and a 5xx proves nothing. */
function isRefusal(cause: unknown): cause is Error {
  const status = httpStatusOf(cause);
  return cause instanceof Error && status !== undefined && status >= 400 && status < 500 && status !== 408;
}

/** Reads the status of the answer from an SDK error. */
function httpStatusOf(cause: unknown): number | undefined {
  const status = propertyOf(propertyOf(cause, '$metadata'), 'httpStatusCode');
  return typeof status === 'number' ? status : undefined;
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
