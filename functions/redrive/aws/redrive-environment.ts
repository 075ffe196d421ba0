import * as z from 'zod/mini';
import { kafkaEnvironment } from '../../aws/environment.ts';
import { consumerPlaces } from '../consumer-places.ts';

const CONSUMERS = 'required, a JSON object with a place for each consumer';

/** The settings of the redrive function, by the names of their environment variables. */
export const redriveEnvironment = {
  ...kafkaEnvironment,
  OPERATIONS_TABLE_NAME: z.string('required, a text').check(z.minLength(1, 'required, a text')),
  CONSUMERS: z.pipe(
    z.string(CONSUMERS),
    z.transform((text, context) => {
      const places = consumerPlaces.safeParse(parse(text));
      if (places.success) return places.data;
      context.issues.push({ code: 'custom', message: CONSUMERS, input: '' });
      return z.NEVER;
    }),
  ),
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
