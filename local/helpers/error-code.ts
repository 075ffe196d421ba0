/**
 * Returns the code of an error of Node.js or the system, such as `ENOENT`; undefined for anything else. A test runner
 * may run this code in another realm, in which such an error is not an instance of `Error`.
 */
export const errorCode = (thrown: unknown): string | undefined =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown ? String(thrown.code) : undefined;
