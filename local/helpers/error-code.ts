/**
 * The code of an error of Node.js or the system, such as `ENOENT`; undefined for anything else. A test runner may run this
 * code in a realm of its own, where such an error is no instance of `Error`.
 */
export const errorCode = (thrown: unknown): string | undefined =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown ? String(thrown.code) : undefined;
