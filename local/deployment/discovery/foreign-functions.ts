import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';

import type { DeployedEventSourceMapping, FunctionAtEndpoint } from './deployed-app.ts';
import { obstacleAt, type FunctionHost } from './where-functions-run.ts';

/**
 * Reads from the endpoint the functions that mappings name and the app does not create. A function that does not
 * exist is missing.
 */
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
      const reason = 'it is not part of this app';
      return [
        { functionName, functionArn, timeoutSeconds, reason, ...(obstacle !== undefined && { obstacle }) },
      ];
    }),
  );
  return found.flat();
}

/** Returns whether a reference names one of the functions. It is a name or an ARN, with or without an alias. */
const isOneOf = (names: readonly string[], reference: string): boolean =>
  reference.split(':').some((part) => names.includes(part));
