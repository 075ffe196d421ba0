/** An intended difference. */
export interface KnownDifference {
  /** Of the case. */
  readonly name: string;
  /** The path in the case's answers, as `compare` writes it. */
  readonly path: RegExp;
  readonly reason: string;
}

export const knownDifferences: readonly KnownDifference[] = [
  {
    name: 'environment variables',
    path: /^\d\.payload\.LAMBDA_RUNTIME_DIR$/,
    reason: 'the folder of the client itself',
  },
  {
    name: 'environment variables',
    path: /^\d\.payload\.NODE_COMPILE_CACHE$/,
    reason:
      "the host's means to a quick start, which Lambda does not set; the project's client takes it away",
  },
  {
    name: 'missing module',
    path: /^\d\.payload\.(errorMessage|trace\.\d)$/,
    reason:
      'Node.js names the file that asked for the module: a file of the client, or one in the task folder',
  },
];
