import { loadOnce } from '../../kernel/load-once.ts';
import type { Send } from '../ports.ts';

/**
 * Sends through a provider whose client is loaded for the first message: many orders have only one of the channels, and a
 * rehearsal sends nothing. While the client cannot be loaded, messages are refused, because surely none was sent.
 */
export function sendOnDemand<M>(provider: string, load: () => Promise<Send<M>>): Send<M> {
  const loaded = loadOnce(load);
  return async (message) => {
    let send: Send<M>;
    try {
      send = await loaded();
    } catch (cause) {
      const failure = {
        code: 'provider-unavailable',
        message: `The client of ${provider} could not be loaded.`,
        cause,
      } as const;
      return { kind: 'refused', failure };
    }
    return send(message);
  };
}
