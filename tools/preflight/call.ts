/** Makes one call to AWS and ends it within a time. @throws {NotKnown} when there is no answer, for whatever reason. */
export type Call = <T>(
  /** As IAM names it, such as `kafka:ListClusters`. */
  action: string,
  send: (options: { readonly abortSignal: AbortSignal }) => Promise<T>,
) => Promise<T>;

/** There is no answer from AWS; the message has the reason, and the missing permission if that is the cause. */
export class NotKnown extends Error {
  override readonly name = 'NotKnown';
}

/** The error names of a missing permission. */
const DENIED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'AuthorizationErrorException',
  'ForbiddenException',
  'UnauthorizedException',
  'UnauthorizedOperation',
]);

/** @param timeoutMs for one call with all its retries, and for finding credentials. */
export function callWithin(timeoutMs: number): Call {
  return async (action, send) => {
    const abortion = new AbortController();
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      reject(new NotKnown(`not known: no answer to ${action} within ${timeoutMs / 1_000} s`));
      abortion.abort();
    }, timeoutMs);
    try {
      // The signal does not cancel what the SDK does before it sends, such as finding credentials.
      return await Promise.race([send({ abortSignal: abortion.signal }), late]);
    } catch (error) {
      throw error instanceof NotKnown ? error : new NotKnown(reasonOf(error, action));
    } finally {
      clearTimeout(timer);
    }
  };
}

function reasonOf(thrown: unknown, action: string): string {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return DENIED.has(error.name)
    ? `not known, needs ${action}`
    : `not known: ${action} failed: ${error.name}: ${error.message}`;
}

/** Returns the answer, or undefined for an error that means that the resource does not exist. */
export async function unlessMissing<T>(
  answer: Promise<T>,
  missing: (error: Error) => boolean,
): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && missing(error)) return undefined;
    throw error;
  }
}
