import { Option } from '@commander-js/extra-typings';
import { connectToEnvironment } from './find-environment.ts';
import { awsTarget } from './aws-target.ts';
import { explainFailure, type Place } from './explain-failure.ts';
import { commandTarget } from './local-target.ts';
import type { Target } from './target.ts';

export const DEFAULT_STAGE = 'dev';

/** The flags by which a command is told where to talk to. */
export interface TargetFlags {
  readonly aws?: true | undefined;
  readonly stage?: string | undefined;
}

export const awsFlag = new Option(
  '--aws',
  'use the stage on AWS instead of the local environment, with the credentials and region of the AWS SDK',
);

export const stageFlag = new Option('--stage <stage>', `the stage on AWS (default: ${DEFAULT_STAGE})`);

/**
 * Connects to where the flags say and works there; failures come out as one line for a person.
 *
 * @throws {Error} when there is nothing to talk to, or the work fails.
 */
export async function withTarget<T>(flags: TargetFlags, work: (target: Target) => Promise<T>): Promise<T> {
  if (flags.aws !== true && flags.stage !== undefined) {
    throw new Error(`--stage ${flags.stage} chooses a stage on AWS: add --aws, or leave it out.`);
  }
  let place: Place = { kind: flags.aws === true ? 'aws' : 'local', name: placeName(flags) };
  try {
    const target = await targetOf(flags);
    place = target;
    return await work(target);
  } catch (error) {
    throw explainFailure(error, place);
  }
}

async function targetOf({ aws, stage = DEFAULT_STAGE }: TargetFlags): Promise<Target> {
  return aws === true ? await awsTarget(stage) : commandTarget((await connectToEnvironment()).environment);
}

function placeName({ aws, stage = DEFAULT_STAGE }: TargetFlags): string {
  return aws === true ? `stage ${stage} on AWS` : 'the local environment';
}
