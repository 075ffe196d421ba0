import { isEmailAddress } from './email-address.ts';
import type { EmailSender } from './stage-config.ts';

/**
 * Reads the sender from the context, or the stage's own. Without an identity, the address itself is the identity.
 *
 * @throws Error when the address or the identity is invalid.
 */
export function parseEmailSender(
  given: { from: unknown; identity: unknown },
  otherwise: EmailSender,
): EmailSender {
  if (given.from === undefined && given.identity === undefined) return otherwise;
  const { from, identity = from } = given;
  if (!isEmailAddress(from)) {
    throw new Error(
      `emailFrom is ${JSON.stringify(from)}; it must be an e-mail address: -c emailFrom=a@example.com.`,
    );
  }
  if (typeof identity !== 'string' || (identity !== from && !from.endsWith(`@${identity}`))) {
    throw new Error(
      `emailIdentity is ${JSON.stringify(identity)}; it must be ${from} or its domain, as verified in Amazon SES.`,
    );
  }
  return { from, identity };
}
