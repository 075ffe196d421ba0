import { errorCode } from '../../helpers/error-code.ts';

/** How long an environment may take to stop in good order before its process group is killed, in milliseconds. */
export const GRACE_MS = 6_000;

/** Kills every process of a group, stopped ones too. A group that is gone already is fine. */
export function killGroup(groupId: number): void {
  try {
    process.kill(-groupId, 'SIGKILL');
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

/**
 * Kills the caller's whole process group, the caller included. Signal target 0 is the caller's own group.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/functions/kill.html
 */
export function killOwnGroup(): void {
  process.kill(0, 'SIGKILL');
}
