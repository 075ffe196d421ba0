import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';

import type { DeployedEventSourceMapping, FunctionAtEndpoint } from './deployed-app.ts';
import { obstacleAt, type FunctionHost } from './where-functions-run.ts';

/** Asks the endpoint for the functions that mappings name and that the app does not make; one that is not there is not among them. */
export async function findForeignFunctions(
  mappings: readonly DeployedEventSourceMapping[],
  known: readonly string[],
  { lambda, host }: { readonly lambda: LambdaClient; readonly host: FunctionHost },
): Promise<readonly FunctionAtEndpoint[]> {
  const references = mappings.flatMap(({ properties: { FunctionName: reference } }) =>
    typeof reference === 'string' && !isOneOf(known, reference) ? reference : [],
  );
  const found = await Promise.all(
    [...new Set(references)].map(async (FunctionName): Promise<readonly FunctionAtEndpoint[]> => {
      const configuration = await lambda
        .send(new GetFunctionConfigurationCommand({ FunctionName }))
        .catch(() => undefined);
      const { FunctionName: functionName, FunctionArn: functionArn } = configuration ?? {};
      if (configuration === undefined || functionName === undefined || functionArn === undefined) return [];
      const timeoutSeconds = configuration.Timeout ?? 0;
      const obstacle = obstacleAt(host, configuration);
      const reason = 'it is not of this app';
      return [
        { functionName, functionArn, timeoutSeconds, reason, ...(obstacle !== undefined && { obstacle }) },
      ];
    }),
  );
  return found.flat();
}

/** A reference is a name or an ARN, each with or without an alias. */
const isOneOf = (names: readonly string[], reference: string): boolean =>
  reference.split(':').some((part) => names.includes(part));
