import { describe, expect, test } from '@jest/globals';

import { findJava, findMaven, findPython, type RunTool } from '../../../local/engines/tools.ts';

/** A machine whose commands print these lines; any other command is not there. */
const machine =
  (commands: Readonly<Record<string, string>>): RunTool =>
  (file, args) =>
    Promise.resolve(commands[[file, ...args].join(' ')]);

const VENV = '-c import ensurepip, venv';

describe('findJava', () => {
  test.each([
    ['a release of 17', 'openjdk version "17.0.15" 2025-04-15'],
    ['a major version alone', 'openjdk version "21" 2023-09-19'],
  ])('accepts %s', async (_name, printed) => {
    const finding = await findJava(machine({ 'java -version': printed }), {});

    expect(finding).toEqual({ found: true, command: 'java' });
  });

  test.each([
    ['11', 'openjdk version "11.0.22" 2024-01-16', 'java is version 11'],
    ['8 by its old name', 'java version "1.8.0_402"', 'java is version 8'],
    ['a version it cannot read', 'something else', 'java is version unknown'],
  ])('refuses %s', async (_name, printed, problem) => {
    const finding = await findJava(machine({ 'java -version': printed }), {});

    expect(finding).toEqual({ found: false, problem });
  });

  test('takes the Java of JAVA_HOME before the one on the PATH', async () => {
    const both = machine({
      '/opt/jdk/bin/java -version': 'openjdk version "17.0.1"',
      'java -version': 'openjdk version "11.0.1"',
    });

    const finding = await findJava(both, { JAVA_HOME: '/opt/jdk' });

    expect(finding).toEqual({ found: true, command: '/opt/jdk/bin/java' });
  });

  test('says that there is none', async () => {
    const finding = await findJava(machine({}), {});

    expect(finding).toEqual({ found: false, problem: 'not found' });
  });
});

describe('findMaven', () => {
  test.each([
    ['present', { 'mvn --version': 'Apache Maven 3.8.7' }, { found: true, command: 'mvn' }],
    ['absent', {}, { found: false, problem: 'not found' }],
  ])('says whether it is %s', async (_name, commands, expected) => {
    const finding = await findMaven(machine(commands));

    expect(finding).toEqual(expected);
  });
});

describe('findPython', () => {
  test('takes a newer Python by its own name when python3 is too old', async () => {
    const macOS = machine({
      'python3 --version': 'Python 3.9.6',
      'python3.12 --version': 'Python 3.12.4',
      [`python3.12 ${VENV}`]: '',
    });

    const finding = await findPython(macOS);

    expect(finding).toEqual({ found: true, command: 'python3.12' });
  });

  test('refuses a Python that cannot make virtual environments', async () => {
    const finding = await findPython(machine({ 'python3 --version': 'Python 3.11.2' }));

    expect(finding).toEqual({ found: false, problem: 'python3 lacks the venv module' });
  });

  test('names the version when all are too old', async () => {
    const finding = await findPython(machine({ 'python3 --version': 'Python 3.9.6\n' }));

    expect(finding).toEqual({ found: false, problem: 'python3 is Python 3.9.6' });
  });
});
