import { errorCode } from '../../helpers/error-code.ts';

/** The time limit, in milliseconds, for a clean stop. After it, the process group is killed. */
export const GRACE_MS = 6_000;

/** Kills every process of a group, stopped ones too. Does nothing when the group has already ended. */
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
