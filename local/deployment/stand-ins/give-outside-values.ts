import { ListExportsCommand, type CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { GetParametersCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

import type { MissingValues, OutsideValues } from '../substitution/outside-values.ts';
import { awsClientSettings } from '../endpoint/aws-client-settings.ts';

/** The limit of names in one GetParameters call. */
const NAMES_AT_ONCE = 10;

interface Endpoint {
  readonly endpoint: string;
  readonly region: string;
  readonly cloudFormation: CloudFormationClient;
}

/**
 * Writes the given SSM parameters to the endpoint, and checks that every value that an app imports from outside
 * exists.
 *
 * @throws Error that lists every missing value and how to give it
 */
export async function giveOutsideValues(
  missing: MissingValues,
  { ssm }: OutsideValues,
  { endpoint, region, cloudFormation }: Endpoint,
): Promise<void> {
  const client = new SSMClient(awsClientSettings(endpoint, region));
  try {
    for (const [Name, Value] of Object.entries(ssm))
      await client.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
    const problems = [
      ...missing.parameters.map((name) => {
        const parameter = name.slice(name.indexOf(':') + 1);
        return `The parameter ${name} has no value and no default: give it with --parameter ${parameter}=<value>.`;
      }),
      ...(await unknownExports(missing.exports, cloudFormation)).map(
        (name) =>
          `Neither the app nor the endpoint has a stack that exports ${name}: give its value with --export ${name}=<value>.`,
      ),
      ...(await unknownParameters(missing.ssm, client)).map(
        (name) =>
          `The SSM parameter ${name} does not exist at the endpoint: give its value with --ssm ${name}=<value>.`,
      ),
    ];
    if (problems.length > 0) throw new Error(problems.join('\n'));
  } finally {
    client.destroy();
  }
}

async function unknownExports(
  names: readonly string[],
  client: CloudFormationClient,
): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const { Exports = [] } = await client.send(new ListExportsCommand({}));
  return names.filter((name) => Exports.every((known) => known.Name !== name));
}

async function unknownParameters(names: readonly string[], client: SSMClient): Promise<readonly string[]> {
  const unknown: string[] = [];
  for (let start = 0; start < names.length; start += NAMES_AT_ONCE) {
    const Names = names.slice(start, start + NAMES_AT_ONCE);
    const { InvalidParameters = [] } = await client.send(new GetParametersCommand({ Names }));
    unknown.push(...InvalidParameters);
  }
  return unknown;
}
