/** The variable by which the host tells its runtime above which folders nothing is found; the runtime deletes it. */
export const CONFINED_FOLDERS = 'MSK_LOCAL_CONFINED_FOLDERS';
