import { readToken } from './token.ts';

/** The server said no; the message is its own, for a person. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/** Asks the console's server for JSON. @throws {RefusedError} with the server's words. */
export async function getJson<T>(path: string): Promise<T> {
  return await answerOf<T>(await fetch(path, { headers: tokenHeader() }));
}

/** Asks the console's server to do something. @throws {RefusedError} with the server's words. */
export async function postJson<T>(path: string, body: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json', ...tokenHeader() };
  return await answerOf<T>(await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }));
}

function tokenHeader(): Record<string, string> {
  const token = readToken();
  return token === undefined ? {} : { 'x-console-token': token };
}

async function answerOf<T>(response: Response): Promise<T> {
  if (!response.ok) throw new RefusedError(await response.text());
  return parseJson<T>(await response.text());
}

/** Reads what our own server wrote: both sides are of one build and share their types. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export function parseJson<T>(text: string): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return JSON.parse(text) as T;
}
