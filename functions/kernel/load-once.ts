/**
 * Returns a function that loads something at its first call and gives the same to later calls. After a failure, the next call
 * loads again, so one failure does not last as long as the execution environment.
 */
export function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return async () => {
    loading ??= load();
    try {
      return await loading;
    } catch (error) {
      loading = undefined;
      throw error;
    }
  };
}
