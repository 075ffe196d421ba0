import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';

/** Reads what was sent. @throws {HTTPException} when it is not JSON. */
export async function jsonBody(context: Context): Promise<unknown> {
  try {
    return await context.req.json<unknown>();
  } catch {
    throw new HTTPException(400, { message: 'The body is not JSON.' });
  }
}
