const REQUIRED = 24;

/** Says why msk-local cannot run on this version of Node.js, such as `20.20.2`; undefined when it can. */
export function nodeProblem(version: string): string | undefined {
  return Number.parseInt(version, 10) >= REQUIRED
    ? undefined
    : `msk-local needs Node.js ${REQUIRED} or later, but ${version} is running. Install Node.js ${REQUIRED}, or put it first on the PATH.`;
}
