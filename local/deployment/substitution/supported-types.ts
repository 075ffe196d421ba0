import { ValidateTemplateCommand, type CloudFormationClient } from '@aws-sdk/client-cloudformation';

import type { StackTemplate } from './plan-substitutions.ts';

/**
 * Checks before the deployment that the endpoint knows every resource type of a stack.
 *
 * @throws Error that lists the resources of unknown types
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
      `the endpoint cannot create ${named}: leave out the resources that the functions do not need: ` +
        [...new Set(resources.map(([, { Type }]) => `--leave-out ${Type}`))].join(' '),
      { cause: error },
    );
  }
}

/** Reads the types from CloudFormation's own message: "Template format error: Unrecognized resource types: [A, B]". */
function unrecognizedTypes(error: unknown): Set<string> {
  const message = error instanceof Error ? error.message : '';
  const [, list = ''] = /Unrecognized resource types: \[([^\]]*)\]/.exec(message) ?? [];
  return new Set(list.split(',').map((type) => type.trim()));
}
