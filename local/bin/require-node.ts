/**
 * Checks the Node.js version. Imported before everything else, because other modules fail to load on an older
 * Node.js.
 */
import { nodeProblem } from '../helpers/node-problem.ts';

const problem = nodeProblem(process.versions.node);
if (problem !== undefined) {
  console.error(`error: ${problem}`);
  process.exit(1);
}
