import { execa } from 'execa';

import { javaCommand } from './java.ts';

/** The search result for a tool: the working command and its version, or the reason why none works. */
export type ToolFinding =
  { readonly found: true; readonly command: string } | { readonly found: false; readonly problem: string };

/** Runs a command. Returns both of its outputs, or undefined when it cannot be run or fails. */
export type RunTool = (file: string, args: readonly string[]) => Promise<string | undefined>;

const OLDEST_JAVA = 17;
const OLDEST_PYTHON_MINOR = 10;

/** The commands to try: the plain name first, then others for machines with an older `python3`, such as macOS. */
const PYTHON_COMMANDS = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];

export const runTool: RunTool = async (file, args) => {
  const { failed, all } = await execa(file, args, { all: true, reject: false, stdin: 'ignore' });
  return failed ? undefined : all;
};

/**
 * Finds Java 17 or later, with which the broker of Kafka 3.9 runs here: the one of JAVA_HOME, or the one on the PATH.
 */
export async function findJava(run: RunTool, environment: NodeJS.ProcessEnv): Promise<ToolFinding> {
  const command = javaCommand(environment);
  const printed = await run(command, ['-version']);
  if (printed === undefined) return { found: false, problem: 'not found' };
  const major = javaMajorVersion(printed);
  if (major === undefined || major < OLDEST_JAVA)
    return { found: false, problem: `${command} is version ${major ?? 'unknown'}` };
  return { found: true, command };
}

export async function findMaven(run: RunTool): Promise<ToolFinding> {
  const printed = await run('mvn', ['--version']);
  return printed === undefined ? { found: false, problem: 'not found' } : { found: true, command: 'mvn' };
}

/** Finds Python 3.10 or later with the venv module, which Debian packages separately. */
export async function findPython(run: RunTool): Promise<ToolFinding> {
  const problems: string[] = [];
  for (const command of PYTHON_COMMANDS) {
    const printed = await run(command, ['--version']);
    const problem = printed === undefined ? undefined : await pythonProblem(run, command, printed);
    if (printed !== undefined && problem === undefined) return { found: true, command };
    if (problem !== undefined) problems.push(problem);
  }
  return { found: false, problem: problems[0] ?? 'not found' };
}

async function pythonProblem(run: RunTool, command: string, printed: string): Promise<string | undefined> {
  const minor = pythonMinorVersion(printed);
  if (minor === undefined || minor < OLDEST_PYTHON_MINOR) return `${command} is ${printed.trim()}`;
  const venv = await run(command, ['-c', 'import ensurepip, venv']);
  return venv === undefined ? `${command} lacks the venv module` : undefined;
}

/**
 * Reads the major version: the first number of `openjdk version "17.0.15"` and `version "21"`, and the second one of
 * `version "1.8.0_402"`.
 */
function javaMajorVersion(printed: string): number | undefined {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(printed) ?? [];
  const major = first === '1' ? second : first;
  return major === undefined ? undefined : Number(major);
}

function pythonMinorVersion(printed: string): number | undefined {
  const [, minor] = /^Python 3\.(\d+)/m.exec(printed) ?? [];
  return minor === undefined ? undefined : Number(minor);
}
