import { useEffect, useState } from 'preact/hooks';
import { getJson, RefusedError } from './api.ts';

/** An answer of the server, or why there is none. What was answered before stays while the next answer is on its way. */
export interface Answer<T> {
  readonly value?: T;
  readonly problem?: string;
}

/**
 * Asks the server for what has no signal of its own. @param path - empty: for nothing. @param again - asks again whenever it is
 * another one.
 */
export function useAnswer<T>(path: string, again: unknown): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T> & { readonly path?: string }>({});
  useEffect(() => {
    if (path === '') return undefined;
    let isWanted = true;
    getJson<T>(path)
      .then((value) => {
        if (isWanted) setAnswer({ value, path });
        return undefined;
      })
      .catch((error: unknown) => {
        const problem = error instanceof RefusedError ? error.message : String(error);
        if (isWanted) setAnswer({ problem, path });
      });
    return () => {
      isWanted = false;
    };
  }, [path, again]);
  return answer.path === path ? answer : {};
}
