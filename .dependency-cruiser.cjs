// oxlint-disable-next-line typescript/no-unsafe-call, typescript/no-unsafe-assignment -- `require` has no types here
const { topology } = require('./lib/topology/topology.ts');

/** Which part may know which: ARCHITECTURE.md says why. */
const PARTS = '^(audit|bench|bin|cli|console|doctor|lib|functions|kafka-tools|local|review|tools|test)/';

const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: '^test/' },
  to: { path: PARTS, pathNot: [allowed, '/node_modules/'] },
});

const CONSUMERS = topology.consumers.map(({ name }) => name);
const CLIENTS_OF_KAFKA = ['order-producer', 'redrive', 'sampler'];
const ADAPTERS = `^functions/(aws|${[...CONSUMERS, ...CLIENTS_OF_KAFKA].map((name) => `${name}/aws`).join('|')})/`;

/**
 * The folders of a part, lowest first. Each may import those that it names, and itself.
 *
 * @param {string} part
 * @param {Record<string, string[]>} folders
 */
const layers = (part, folders) =>
  Object.entries(folders).map(([folder, below]) =>
    only(
      `${part}-${folder}`.replaceAll('/', '-'),
      `^${part}/${folder}/`,
      `^(${[`${part}/${folder}`, ...below].join('|')})/`,
      `Imports point down: ${part}/${folder} knows ${below.length === 0 ? 'only itself' : below.join(', ')}.`,
    ),
  );

const HELPERS = 'local/helpers';
const KAFKA_TOOLS = 'kafka-tools';
const mapping = (...folders) => folders.map((folder) => `local/event-source-mapping/${folder}`);
const deployment = (...folders) => folders.map((folder) => `local/deployment/${folder}`);
const environment = (...folders) => folders.map((folder) => `local/environment/${folder}`);

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
      from: { path: '^(audit|bin|cli|console|doctor|lib|functions|kafka-tools|local)/' },
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
    {
      name: 'only-the-batch-counts-attempts',
      comment: 'What decodes, orders and settles records does not know that their attempts are counted.',
      severity: 'error',
      from: { path: '^functions/kafka/', pathNot: '^functions/kafka/(attempts/|process-batch\\.ts$)' },
      to: { path: '^functions/kafka/attempts/' },
    },
    only(
      'idempotency-is-pure',
      '^functions/idempotency/',
      '^functions/(idempotency|kernel)/',
      "Rules about duplicates; the dedupe itself is the effect's own condition.",
    ),
    only(
      'shared-adapters-know-no-consumer',
      '^functions/aws/(?!brokers/)',
      '^functions/(aws|idempotency|kafka|kernel)/',
      'functions/aws holds what consumers share of AWS; an adapter of one consumer is in its own aws folder.',
    ),
    only(
      'broker-adapters-know-no-function',
      '^functions/aws/brokers/',
      '^(functions/aws|kafka-tools)/',
      'How a function that speaks Kafka finds the brokers.',
    ),
    {
      name: 'only-adapters-know-aws',
      comment: 'Ports are implemented in functions/aws and in the aws folder beside a consumer.',
      severity: 'error',
      from: { path: '^functions/', pathNot: ADAPTERS },
      to: { path: 'node_modules/@aws-sdk/' },
    },
    {
      name: 'decisions-do-not-know-adapters',
      severity: 'error',
      from: {
        path: `^functions/(${[...CONSUMERS, ...CLIENTS_OF_KAFKA].join('|')})/`,
        pathNot: '/(handler\\.ts$|aws/)',
      },
      to: { path: ADAPTERS },
    },
    ...CONSUMERS.map((consumer) => ({
      name: `${consumer}-stands-alone`,
      comment: 'No consumer imports another.',
      severity: 'error',
      from: { path: `^functions/(${CONSUMERS.join('|')})/`, pathNot: `^functions/${consumer}/` },
      to: { path: `^functions/${consumer}/` },
    })),
    only(
      'functions-have-no-local-branch',
      '^functions/',
      '^(doctor|functions|kafka-tools)/',
      'What runs in Lambda knows nothing of where it runs.',
    ),
    {
      name: 'consumers-speak-no-kafka',
      comment:
        'The mapping reads Kafka for the consumers. Only a function that must ask the brokers itself has a client.',
      severity: 'error',
      from: {
        path: '^functions/',
        pathNot:
          '^functions/(aws/brokers|(order-producer|redrive|sampler)/aws|(redrive|sampler)/handler\\.ts)',
      },
      to: { path: '^kafka-tools/' },
    },

    only(
      'local-knows-no-orders',
      '^local/',
      '^(local|kafka-tools)/',
      'msk-local is a package of its own: it serves any CDK app and knows nothing of this repository.',
    ),
    ...layers('local', {
      helpers: [],
      engines: [HELPERS, KAFKA_TOOLS],
      lambda: [HELPERS],
      email: [],
      alarms: [],
      metrics: [HELPERS, KAFKA_TOOLS, 'local/lambda', ...mapping('configuration', 'supervisor', 'scaling')],
    }),
    ...layers('local/event-source-mapping', {
      record: [],
      filter: [HELPERS],
      configuration: [HELPERS, ...mapping('filter')],
      batch: mapping('record'),
      retry: [HELPERS, ...mapping('record', 'configuration', 'batch')],
      'on-failure': mapping('record', 'batch', 'retry'),
      'poller/consumer': [HELPERS, KAFKA_TOOLS, ...mapping('record', 'configuration', 'retry')],
      poller: [
        HELPERS,
        KAFKA_TOOLS,
        ...mapping('record', 'filter', 'configuration', 'batch', 'retry', 'on-failure'),
      ],
      supervisor: [HELPERS, KAFKA_TOOLS, ...mapping('configuration', 'retry', 'poller')],
      scaling: [HELPERS, KAFKA_TOOLS, ...mapping('configuration', 'supervisor')],
      'system-log': [KAFKA_TOOLS, ...mapping('configuration', 'supervisor')],
    }),
    ...layers('local/deployment', {
      assembly: [],
      endpoint: [HELPERS, ...deployment('assembly')],
      substitution: deployment('assembly'),
      'stand-ins': [KAFKA_TOOLS, ...deployment('assembly', 'endpoint', 'substitution')],
      discovery: deployment('assembly', 'endpoint', 'substitution', 'stand-ins'),
    }),
    only(
      'deployment-serves-any-app',
      '^local/deployment/',
      '^(local/(deployment|engines|helpers)|kafka-tools)/',
      'It deploys, and knows nothing of what then runs.',
    ),
    ...layers('local/environment', {
      control: [HELPERS],
      plan: ['local/deployment', 'local/engines', 'local/event-source-mapping/configuration', HELPERS],
      app: ['local/deployment', 'local/lambda', HELPERS, ...environment('plan')],
      mappings: [
        HELPERS,
        KAFKA_TOOLS,
        'local/deployment',
        'local/event-source-mapping',
        'local/lambda',
        'local/metrics',
        ...environment('control', 'app', 'minutes'),
      ],
      minutes: [
        HELPERS,
        KAFKA_TOOLS,
        'local/alarms',
        'local/deployment',
        'local/event-source-mapping',
        'local/lambda',
        'local/metrics',
      ],
      start: [
        HELPERS,
        KAFKA_TOOLS,
        'local/deployment',
        'local/email',
        'local/engines',
        ...environment('plan', 'app', 'mappings', 'control'),
      ],
      processes: [HELPERS, ...environment('plan', 'control', 'start')],
    }),
    only(
      'the-command-is-on-top-of-the-environment',
      '^local/command/',
      '^local/(command|environment|deployment|event-source-mapping|helpers)/',
      'The command line of msk-local.',
    ),
    only(
      'the-package-for-test-suites-is-on-top',
      '^local/api/',
      '^(local/(api|command|environment|event-source-mapping/configuration|helpers)|kafka-tools)/',
      'What test suites import starts an environment as the command line does.',
    ),

    only(
      'kafka-tools-stand-alone',
      '^kafka-tools/',
      '^kafka-tools/',
      'What any tool asks of a broker: it knows neither orders nor Lambda.',
    ),
    {
      name: 'one-kafkajs',
      comment: 'Only kafka-tools makes a kafkajs client.',
      severity: 'error',
      from: { path: PARTS, pathNot: '^(kafka-tools|test)/' },
      to: { path: 'node_modules/kafkajs/', dependencyTypesNot: ['type-only'] },
    },

    only(
      'audit-stands-alone',
      '^audit/',
      '^audit/',
      'The auditor shares no code with what it judges, so that a mistake in one cannot hide in the other.',
    ),
    {
      name: 'audit-decides-without-clients',
      comment: 'Only the readers know Kafka and AWS: what they read is plain data.',
      severity: 'error',
      from: { path: '^audit/', pathNot: '^audit/readers/' },
      to: { path: 'node_modules/(@aws-sdk|@platformatic)/' },
    },

    only(
      'doctor-knows-groups-alone',
      '^doctor/',
      '^(doctor|kafka-tools)/',
      'Pure checks over what was read: a command and a function in the VPC run the same.',
    ),
    {
      name: 'doctor-decides-without-clients',
      comment: 'What the checks look at is plain data; whoever calls them reads it.',
      severity: 'error',
      from: { path: '^doctor/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'], pathNot: 'node_modules/zod/' },
    },

    only(
      'console-knows-no-command',
      '^console/',
      '^(console|local|kafka-tools)/',
      'The console asks for what it shows by its ports; the command line connects them.',
    ),
    ...layers('console', {
      model: [KAFKA_TOOLS, 'local/environment/control'],
      page: ['console/model', 'console/experiments', 'local/environment/control'],
    }),
    {
      name: 'the-page-runs-in-browsers',
      comment: 'It takes types alone from elsewhere, so that nothing of the server is in its bundle.',
      severity: 'error',
      from: { path: '^console/page/' },
      to: { path: '^(local|kafka-tools|console/(?!page/))', dependencyTypesNot: ['type-only'] },
    },

    only(
      'cli-is-on-top',
      '^cli/',
      '^(audit/index\\.ts$|doctor/index\\.ts$|cli/|console/(ports\\.ts$|model/|server/|experiments/|failures/)|local/|kafka-tools/|lib/topology/|functions/(kernel|redrive)/)',
      'Commands use the running environment and the pure parts.',
    ),
    only(
      'benches-measure-the-product',
      '^bench/',
      '^(bench/|cli/(orders/|terminal/|project-folders\\.ts$)|functions/|lib/(topology/|constructs/bundle-handler\\.ts$)|local/|kafka-tools/)',
      'They measure the functions, bundled as they are deployed, and the local environment, on orders of the generator; peers are loaded by path alone.',
    ),
    {
      name: 'the-harness-knows-no-bench',
      comment: 'Benches are made of harness, fixtures, mappings, peers and stores.',
      severity: 'error',
      from: { path: '^bench/(fixtures|harness|kafka|mapping|peers|store)/' },
      to: { path: '^bench/(benches/|[^/]+$)' },
    },
    only(
      'review-reads-templates',
      '^review/',
      '^(review/|lib/topology/|lib/guards/json-access\\.ts$)',
      'It judges what was synthesized, and knows of what made it only who the consumers are.',
    ),
    only(
      'faults-run-the-product',
      '^tools/faults/',
      '^(tools/faults|audit|cli|local|kafka-tools|lib/topology)/',
      'The campaign runs the environment as a person does, and lets the auditor judge it.',
    ),
    only(
      'the-replay-reads-templates-and-judges-alarms',
      '^tools/alarms/',
      '^(tools/alarms|local/alarms|functions/sampler|review|lib/alarms|lib/guards/json-access\\.ts$)',
      'Series are replayed through the alarms as synthesized, by the evaluator and the sampler themselves.',
    ),
    only(
      'tools-judge-the-product',
      '^tools/(?!alarms/|faults/|pictures/|redrive/)',
      '^(tools|lib|local|functions/kernel)/',
      'Judges, conformance, fidelity, schemas and versions read the product; nothing of it imports them.',
    ),
    only(
      'pictures-show-the-product',
      '^tools/pictures/',
      '^(tools/pictures|cli|kafka-tools|lib/topology|local)/',
      'Pictures are taken of an environment that runs, through a browser.',
    ),
    only(
      'the-redrive-campaign-runs-the-product',
      '^tools/redrive/',
      '^(tools/redrive|cli|local|functions/(kafka|kernel|redrive))/',
      'The campaign redrives as the command does, and kills it at every step.',
    ),
    {
      name: 'nobody-imports-the-top',
      severity: 'error',
      from: { path: '^(audit|console|doctor|lib|functions|kafka-tools|local)/' },
      to: { path: '^(bin|cli|bench|review|tools|test)/' },
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
    // What was compiled for the package.
    exclude: { path: '^local/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
