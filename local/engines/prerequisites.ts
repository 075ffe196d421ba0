import { isInstalled } from './install-once.ts';
import { kafkaLocation } from './kafka-installation.ts';
import { miniStackLocation } from './ministack-installation.ts';
import { findJava, findMaven, findPython, runTool, type RunTool, type ToolFinding } from './tools.ts';

interface Prerequisite {
  readonly title: string;
  readonly install: string;
  readonly find: () => Promise<ToolFinding>;
}

/** The engines that an environment starts itself. */
export interface NeededEngines {
  readonly kafka: boolean;
  readonly ministack: boolean;
}

/**
 * Lists the tools that the engines need and the machine lacks, one line each, with the command to install it. Maven
 * is needed only until Kafka has been downloaded, and Python's venv only until MiniStack has.
 *
 * @param directory - the folder of all engines
 * @param engines - the engines to start
 */
export async function missingPrerequisites(
  directory: string,
  engines: NeededEngines,
  run: RunTool = runTool,
): Promise<string[]> {
  const [kafkaIsThere, miniStackIsThere] = await Promise.all([
    isInstalled(kafkaLocation(directory)),
    isInstalled(miniStackLocation(directory)),
  ]);
  const needed = [
    ...(engines.kafka ? [java(run)] : []),
    ...(engines.kafka && !kafkaIsThere ? [maven(run)] : []),
    ...(engines.ministack && !miniStackIsThere ? [python(run)] : []),
  ];
  const lines = await Promise.all(needed.map(missingLine));
  return lines.filter((line) => line !== undefined);
}

async function missingLine({ title, install, find }: Prerequisite): Promise<string | undefined> {
  const finding = await find();
  return finding.found ? undefined : `${title} is missing (${finding.problem}). ${install}`;
}

const java = (run: RunTool): Prerequisite => ({
  title: 'Java 17 or later',
  install:
    'Debian, Ubuntu: sudo apt install openjdk-17-jdk-headless. macOS: brew install openjdk@17, then set JAVA_HOME.',
  find: () => findJava(run, process.env),
});

const maven = (run: RunTool): Prerequisite => ({
  title: 'Apache Maven',
  install: 'Debian, Ubuntu: sudo apt install maven. macOS: brew install maven.',
  find: () => findMaven(run),
});

const python = (run: RunTool): Prerequisite => ({
  title: 'Python 3.10 or later with venv',
  install: 'Debian, Ubuntu: sudo apt install python3 python3-venv. macOS: brew install python.',
  find: () => findPython(run),
});
