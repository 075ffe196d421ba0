/**
 * The header of an Invoke request whose sender built the payload as JSON itself. Lambda's API here then leaves out its
 * own check, which would parse every event once more.
 */
export const CHECKED_JSON_HEADER = 'x-msk-local-checked-json';
