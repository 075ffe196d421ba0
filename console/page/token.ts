/** Where the page of this tab keeps the run's token; other origins and other tabs do not see it. */
export const TOKEN_KEY = 'order-events-console-token';

export function readToken(): string | undefined {
  return sessionStorage.getItem(TOKEN_KEY) ?? undefined;
}
