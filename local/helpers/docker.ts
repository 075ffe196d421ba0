import { existsSync } from 'node:fs';

const SOCKET = '/var/run/docker.sock';

/** Returns whether this machine can run containers. */
export const hasDocker = (environment: Readonly<Record<string, string | undefined>>): boolean =>
  environment['DOCKER_HOST'] !== undefined || existsSync(SOCKET);
