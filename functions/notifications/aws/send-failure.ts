import type { SendResult } from '../ports.ts';
import { errorName } from '../../aws/store-failure.ts';

type NotSent = Exclude<SendResult, { kind: 'sent' }>;

/** Network errors that come before anything is on its way. */
const NEVER_CONNECTED: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

const NEVER_SENT: ReadonlySet<string> = new Set(['CredentialsProviderError']);

/**
 * What an error of a call to a provider says about the message. Total: an error of an unknown kind says nothing, so
 * the message may be out. `refusals` are the names of the provider's errors that the message itself causes.
 */
export function judgeSendError(provider: string, refusals: ReadonlySet<string>, cause: unknown): NotSent {
  const name = errorName(cause);
  if (refusals.has(name))
    return {
      kind: 'refused',
      failure: { code: 'contact-refused', message: `${provider} refuses this message: ${name}.`, cause },
    };
  const message = `${provider} did not take the message: ${name}.`;
  const failure = { code: 'provider-unavailable', message, cause } as const;
  return { kind: isSurelyNotSent(cause) ? 'refused' : 'unknown', failure };
}

/** Answered with a client error, such as a throttle or a denial, or never on its way. A 5xx proves nothing. */
function isSurelyNotSent(cause: unknown): boolean {
  return (
    isClientError(httpStatusOf(cause)) ||
    NEVER_SENT.has(errorName(cause)) ||
    NEVER_CONNECTED.has(codeOf(cause))
  );
}

/** 408 is a timeout, whoever reports it. */
function isClientError(status: unknown): boolean {
  return typeof status === 'number' && status >= 400 && status < 500 && status !== 408;
}

/** Where the SDK keeps the status of the answer. */
function httpStatusOf(cause: unknown): unknown {
  const metadata = propertyOf(cause, '$metadata');
  return propertyOf(metadata, 'httpStatusCode');
}

function codeOf(cause: unknown): unknown {
  return propertyOf(cause, 'code');
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
