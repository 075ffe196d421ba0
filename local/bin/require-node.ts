/** Imported before everything else, as some of that fails on an older Node.js while it is read. */
import { nodeProblem } from '../helpers/node-problem.ts';

const problem = nodeProblem(process.versions.node);
if (problem !== undefined) {
  console.error(`error: ${problem}`);
  process.exit(1);
}
