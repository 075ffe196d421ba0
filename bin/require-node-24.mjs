/**
 * Loaded before everything else (`node --import`), and plain JavaScript, so that it also runs on a Node.js that
 * cannot run this project: it says so in one line, instead of a syntax error somewhere inside.
 */
const REQUIRED = 24;

if (Number.parseInt(process.versions.node, 10) < REQUIRED) {
  console.error(
    `This needs Node.js ${REQUIRED}, but ${process.version} is running. ` +
      'Run it through npm after `npm ci` (npm start, npm test, npm run orders), which brings the right one on Linux, ' +
      `or install Node.js ${REQUIRED}.`,
  );
  process.exit(1);
}
