import type { Config } from 'jest';

const transform: Config['transform'] = {
  '^.+\\.ts$': [
    '@swc/jest',
    { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } },
  ],
};

interface Project {
  readonly folders: readonly string[];
  readonly globalSetup?: string;
  readonly globalTeardown?: string;
}

/** The kinds of test, as CONTRIBUTING.md describes them; each folder under test/ belongs to exactly one. */
const projects: Record<string, Project> = {
  unit: {
    folders: [
      'architecture',
      'audit',
      'bench',
      'cli',
      'console',
      'doctor',
      'functions',
      'kafka-tools',
      'lib',
      'local',
      'review',
      'support',
      'tools/conformance',
      'tools/faults',
      'tools/fidelity',
      'tools/preflight',
      'tools/package',
      'tools/schemas',
    ],
  },
  infra: { folders: ['infra', 'tools/judges'] },
  broker: {
    folders: ['broker'],
    globalSetup: '<rootDir>/test/broker/support/global-setup.ts',
    globalTeardown: '<rootDir>/test/broker/support/global-teardown.ts',
  },
  environment: { folders: ['environment'] },
  browser: { folders: ['browser'], globalSetup: '<rootDir>/test/browser/support/global-setup.ts' },
  faults: { folders: ['faults'] },
  localstack: { folders: ['localstack'] },
};

const config: Config = {
  projects: Object.entries(projects).map(([displayName, project]) => projectConfig(displayName, project)),
  reporters: ['default', '<rootDir>/test/support/totals-reporter.ts'],
  testSequencer: '<rootDir>/test/support/longest-first.ts',
  // More would be more environments at a time, each with a broker and an emulator of its own.
  maxWorkers: 2,
  // Ends what hangs; how fast a machine is decides no test.
  testTimeout: 60_000,
};

function projectConfig(
  displayName: string,
  { folders, ...hooks }: Project,
): NonNullable<Config['projects']>[number] {
  return {
    displayName,
    // The temporary folder of a run goes with it.
    cacheDirectory: '<rootDir>/node_modules/.cache/jest',
    testEnvironment: 'node',
    extensionsToTreatAsEsm: ['.ts'],
    transform,
    testMatch: folders.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
    ...hooks,
  };
}

export default config;
