import type { Send } from '../ports.ts';

/**
 * Sends through a provider whose client is loaded for the first message: many orders have only one of the channels, and a
 * rehearsal sends nothing. While the client cannot be loaded, messages are refused, because surely none was sent.
 */
export function sendOnDemand<M>(provider: string, load: () => Promise<Send<M>>): Send<M> {
  let loading: Promise<Send<M>> | undefined;
  return async (message) => {
    loading ??= load();
    let send: Send<M>;
    try {
      send = await loading;
    } catch (cause) {
      loading = undefined;
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
