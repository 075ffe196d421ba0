import * as z from 'zod';

/** A metric that an alarm watches. */
export const watchedMetric = z.object({
  namespace: z.string(),
  name: z.string(),
  dimensions: z.record(z.string(), z.string()),
});

export type WatchedMetric = z.infer<typeof watchedMetric>;
