/**
 * What a person can do about a package that Lambda's runtime brings along and this machine has not; undefined for any
 * other error.
 */
export function sdkHint(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : '';
  const [, name] = /Cannot find (?:module|package) '((?:@aws-sdk|@smithy)\/[a-z0-9-]+)/.exec(message) ?? [];
  return name === undefined
    ? undefined
    : `Lambda's runtime brings ${name} along, but it is not installed on this machine: install it beside the app.`;
}
