const MOST_BYTES = 5 * 1024 * 1024;

/** The files without which the package does not work, or may not be distributed. */
const NEEDED: readonly string[] = [
  'LICENSE',
  'README.md',
  'package.json',
  'dist/kafka-tools/index.js',
  'dist/local/api/index.d.ts',
  'dist/local/api/index.js',
  'dist/local/bin/msk-local.js',
  'dist/local/engines/pom.xml',
  'dist/local/engines/requirements.txt',
  'dist/local/environment/processes/environment-process.js',
  'dist/local/environment/processes/guardian-process.js',
  'dist/local/event-source-mapping/poller/poller-process.js',
  'dist/local/lambda/bootstrap/main.js',
];

/**
 * Matches source files, because The pattern of source files, because The pattern of source files, because Node.js
 * does not run TypeScript files of an installed package.
 */
const SOURCE = /(?<!\.d)\.[cm]?ts$/;

/**
 * Lists the problems of a msk-local archive, one line each.
 *
 * @param files - as `tar` lists them, each below `package/`.
 * @param bytes - the size of the archive.
 */
export function problemsOfArchive(files: readonly string[], bytes: number): readonly string[] {
  const paths = files.map((file) => file.replace(/^package\//, ''));
  const missing = NEEDED.filter((file) => !paths.includes(file));
  const sources = paths.filter((file) => SOURCE.test(file));
  return [
    ...missing.map((file) => `The archive lacks ${file}.`),
    ...sources.map((file) => `The archive holds ${file}, a source that no one can run from it.`),
    ...(bytes > MOST_BYTES ? [`The archive has ${bytes} bytes; at most ${MOST_BYTES} are allowed.`] : []),
  ];
}
