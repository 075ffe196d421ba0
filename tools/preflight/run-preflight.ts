/** `npm run preflight`: finds before a deployment what would make it fail. */
import { join } from 'node:path';
import { Command, Option } from '@commander-js/extra-typings';
import { placeTopology } from '../../lib/config/place-topology.ts';
import { readStageConfig } from '../../lib/config/read-stage-config.ts';
import { stageProblems } from '../../lib/config/stage-problems.ts';
import { topology } from '../../lib/topology/topology.ts';
import { runProgram } from '../../local/command/run-program.ts';
import { callWithin } from './call.ts';
import { closeClients, createClients } from './clients.ts';
import { addContext, contextOf } from './context.ts';
import { preflightText } from './preflight-text.ts';
import { preflight } from './preflight.ts';
import { readRegion } from './readers/account.ts';

const CALL_TIMEOUT_MS = 10_000;
/** The default qualifier of `cdk bootstrap`. */
const USUAL_QUALIFIER = 'hnb659fds';
const CDK_FILE = join(import.meta.dirname, '../../cdk.json');

const EXAMPLES = `
Examples:
  npm run preflight -- --stage dev
  npm run preflight -- --stage prod -c account=210987654321 -c emailFrom=orders@your-domain.com

The preflight reads with the credentials of the AWS SDK, and changes nothing. Each line is ok, or says what to do, or is unknown
and names the missing permission. Exit code 0 if every line is ok, 1 otherwise.`;

const program = new Command('preflight')
  .usage('[options]   (npm run preflight -- [options])')
  .description('Find what would stop a deployment: account, quotas, senders, names that are taken.')
  .option('--stage <stage>', 'the stage to deploy', 'dev')
  .addOption(
    new Option('-c, --context <key=value...>', 'context values, the same as for cdk deploy')
      .argParser(addContext)
      .default({}),
  )
  .addHelpText('after', EXAMPLES)
  .showHelpAfterError('(npm run preflight -- --help lists the options)')
  .action(async ({ stage, context: given }) => {
    const context = contextOf(CDK_FILE, { ...given, stage });
    const config = readStageConfig(context);
    const problems = stageProblems(config, placeTopology(topology, config.cluster));
    if (problems.length > 0)
      throw new Error(`The stage ${stage} cannot be deployed:\n${problems.join('\n')}`);
    const clients = createClients({ region: config.region });
    const qualifier = context('@aws-cdk/core:bootstrapQualifier');
    try {
      const call = callWithin(CALL_TIMEOUT_MS);
      const verdicts = await preflight({
        config,
        clients,
        call,
        qualifier: typeof qualifier === 'string' ? qualifier : USUAL_QUALIFIER,
        regionInUse: readRegion,
      });
      console.log(preflightText(verdicts));
      if (verdicts.some(({ kind }) => kind !== 'ok')) process.exitCode = 1;
    } finally {
      closeClients(clients);
    }
  });

await runProgram(program, process.argv);
