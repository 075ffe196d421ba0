import type { Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Failures } from '../failures/failures.ts';
import { jsonBody } from './json-body.ts';
import type { Permit } from './permit.ts';

const LONGEST_ID = 256;

/** Dead letters: looking is for everybody, and what does something needs a permit. */
export function addFailures(
  app: Hono,
  failures: Failures,
  requireChange: (context: Context) => Permit,
): void {
  app.get('/api/failures', (context) => context.json(failures.queues()));
  app.get('/api/failures/:consumer', async (context) => {
    const consumer = context.req.param('consumer');
    const [list, journal] = await Promise.all([failures.list(consumer), failures.journal(consumer)]);
    return context.json({ list, journal });
  });
  app.get('/api/failures/:consumer/letter', async (context) => {
    const id = context.req.query('id') ?? '';
    if (id === '' || id.length > LONGEST_ID)
      throw new HTTPException(400, { message: 'A letter has an id, such as 3:1042.' });
    return context.json(await failures.show(context.req.param('consumer'), id));
  });
  for (const kind of ['rehearse', 'redrive'] as const) {
    app.post(`/api/failures/:consumer/${kind}`, async (context) => {
      const permit = requireChange(context);
      const wish = { consumer: context.req.param('consumer'), choice: await jsonBody(context) };
      return context.json(await failures.work(permit, kind, wish));
    });
  }
}
