import { progressLine } from '../terminal/progress-line.ts';
import type { Tell } from './run-operation.ts';

/** Works while one line on standard error says how far it is; the line is gone when the work is done. */
export async function withProgress<T>(work: (tell: Tell) => Promise<T>): Promise<T> {
  const progress = progressLine(process.stderr, () => performance.now());
  try {
    return await work((text) => {
      progress.update(text);
    });
  } finally {
    progress.done();
  }
}
