import type { Config } from 'jest';

const transform: Config['transform'] = {
  '^.+\\.ts$': [
    '@swc/jest',
    { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } },
  ],
};

/** The kinds of test, as CONTRIBUTING.md describes them; each folder under test/ belongs to exactly one. */
const projects: Record<string, { folders: string[] }> = {
  unit: {
    folders: ['architecture', 'cli', 'conformance', 'functions', 'lib', 'local', 'support'],
  },
  infra: { folders: ['infra'] },
  broker: { folders: ['broker'] },
  environment: { folders: ['environment'] },
};

const config: Config = {
  projects: Object.entries(projects).map(([displayName, { folders }]) => ({
    displayName,
    testEnvironment: 'node',
    extensionsToTreatAsEsm: ['.ts'],
    transform,
    testMatch: folders.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
  })),
  reporters: ['default', '<rootDir>/test/support/totals-reporter.ts'],
};

export default config;
