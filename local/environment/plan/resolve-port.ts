import { choosePort, requireFreePort } from '../../engines/choose-port.ts';
import type { PortChoice } from './environment-options.ts';

/** The port to use. @throws {Error} when a port that was asked for is taken. */
export async function resolvePort({ port, kind }: PortChoice, purpose: string): Promise<number> {
  if (kind === 'required') await requireFreePort(port, purpose);
  return choosePort(port);
}
