/** Which part may know which: ARCHITECTURE.md says why. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: '^test/' },
  to: { path: '^(bin|cli|lib|functions|local|review|test)/', pathNot: allowed },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-undeclared-package',
      comment: 'A package that package.json does not name is there by chance.',
      severity: 'error',
      from: { path: '^(bin|cli|lib|functions|local)/' },
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'],
        pathNot: 'node_modules/(aws-cdk|@types)/',
      },
    },
    only('topology-is-pure', '^lib/topology/', '^lib/topology/', 'The topology is data: it imports nothing.'),
    {
      name: 'topology-has-no-packages',
      severity: 'error',
      from: { path: '^lib/topology/' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'core'] },
    },
    only(
      'lib-is-infrastructure',
      '^lib/',
      '^lib/',
      'The CDK code hands the bundler a path and imports no handler.',
    ),
    only(
      'kernel-is-pure',
      '^functions/kernel/',
      '^functions/kernel/',
      'The kernel knows nothing but itself.',
    ),
    {
      name: 'kernel-has-no-effects',
      comment:
        'No clock, random, environment or Node module in the kernel; its schema library is all it has.',
      severity: 'error',
      from: { path: '^functions/kernel/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'], pathNot: 'node_modules/zod/' },
    },
    only(
      'kafka-knows-the-kernel',
      '^functions/kafka/',
      '^functions/(kafka|kernel)/',
      'The wire format of the Lambda Kafka event, and no service.',
    ),
    only(
      'idempotency-is-pure',
      '^functions/idempotency/',
      '^functions/(idempotency|kernel)/',
      "Rules about duplicates; the dedupe itself is the effect's own condition.",
    ),
    {
      name: 'only-adapters-know-aws',
      comment: 'Ports are implemented in functions/aws alone.',
      severity: 'error',
      from: { path: '^functions/', pathNot: '^functions/aws/' },
      to: { path: 'node_modules/@aws-sdk/' },
    },
    {
      name: 'decisions-do-not-know-adapters',
      severity: 'error',
      from: { path: '^functions/(billing|inventory|notifications)/', pathNot: '/handler\\.ts$' },
      to: { path: '^functions/aws/' },
    },
    ...['billing', 'inventory', 'notifications'].map((consumer) => ({
      name: `${consumer}-stands-alone`,
      comment: 'No consumer imports another.',
      severity: 'error',
      from: { path: '^functions/(billing|inventory|notifications)/', pathNot: `^functions/${consumer}/` },
      to: { path: `^functions/${consumer}/` },
    })),
    only(
      'functions-have-no-local-branch',
      '^functions/',
      '^functions/',
      'What runs in Lambda knows nothing of where it runs.',
    ),
    only(
      'local-runs-bundles',
      '^local/',
      '^(local/|lib/topology/)',
      'The local environment invokes the bundles; it never imports a handler.',
    ),
    only(
      'the-mapping-knows-no-orders',
      '^local/event-source-mapping/',
      '^local/event-source-mapping/',
      'The emulator owns its ports; everything else connects from outside.',
    ),
    only(
      'the-lambda-host-stands-alone',
      '^local/lambda/',
      '^local/lambda/',
      "Lambda's Invoke API for any function.",
    ),
    only(
      'deployment-knows-no-orders',
      '^local/deployment/',
      '^local/(deployment|engines)/',
      'It serves any CDK app.',
    ),
    only(
      'cli-is-on-top',
      '^cli/',
      '^(cli/|local/|lib/topology/|functions/kernel/)',
      'Commands use the running environment and the pure parts.',
    ),
    only(
      'review-reads-templates',
      '^review/',
      '^(review/|lib/guards/json-access\\.ts$)',
      'It judges what was synthesized, and knows nothing of the code that made it.',
    ),
    only(
      'msk-local-knows-no-orders',
      '^(bin|cli)/msk-local\\.ts$',
      '^(local/|cli/(msk-local|environment-flags|environment-text|parse-number|run-program|with-environment)\\.ts$)',
      'It runs any CDK app.',
    ),
    {
      name: 'nobody-imports-the-top',
      severity: 'error',
      from: { path: '^(lib|functions|local)/' },
      to: { path: '^(bin|cli|bench|review|test)/' },
    },
    {
      name: 'product-does-not-know-its-tests',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
