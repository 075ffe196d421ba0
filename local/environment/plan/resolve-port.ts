import { choosePort, requireFreePort } from '../../engines/choose-port.ts';
import type { PortChoice } from './environment-options.ts';

/** Returns the port to use. @throws {Error} when a requested port is in use. */
export async function resolvePort({ port, kind }: PortChoice, purpose: string): Promise<number> {
  if (kind === 'required') await requireFreePort(port, purpose);
  return choosePort(port);
}
