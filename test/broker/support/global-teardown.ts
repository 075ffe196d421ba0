/* oxlint-disable import/no-default-export -- Jest calls the default export. */
import { stopAll } from './running-engines.ts';

export default async function stopEngines(): Promise<void> {
  await stopAll();
}
