import { ValidateTemplateCommand, type CloudFormationClient } from '@aws-sdk/client-cloudformation';

import type { StackTemplate } from './plan-substitutions.ts';

/**
 * Asks the endpoint whether it knows every resource type of a stack, before anything is deployed.
 *
 * @throws Error that names the resources whose type it does not know
 */
export async function requireKnownTypes(
  client: CloudFormationClient,
  { stackName, template }: StackTemplate,
): Promise<void> {
  const types = Object.fromEntries(
    Object.entries(template.Resources).map(([logicalId, { Type }]) => [logicalId, { Type }]),
  );
  try {
    await client.send(new ValidateTemplateCommand({ TemplateBody: JSON.stringify({ Resources: types }) }));
  } catch (error) {
    const unknown = unrecognizedTypes(error);
    const resources = Object.entries(template.Resources).filter(([, { Type }]) => unknown.has(Type));
    if (resources.length === 0) throw error;
    const named = resources.map(([logicalId, { Type }]) => `${stackName}/${logicalId} (${Type})`).join(', ');
    throw new Error(
      `the endpoint cannot create ${named}: leave out what the functions can do without: ` +
        [...new Set(resources.map(([, { Type }]) => `--leave-out ${Type}`))].join(' '),
      { cause: error },
    );
  }
}

/** CloudFormation's own words: "Template format error: Unrecognized resource types: [A, B]". */
function unrecognizedTypes(error: unknown): Set<string> {
  const message = error instanceof Error ? error.message : '';
  const [, list = ''] = /Unrecognized resource types: \[([^\]]*)\]/.exec(message) ?? [];
  return new Set(list.split(',').map((type) => type.trim()));
}
