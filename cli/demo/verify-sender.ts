import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { verifyEmailIdentities } from '#msk-local/deployment/endpoint/verify-email-identities.ts';
import type { DeployedEnvironment } from '#msk-local/environment/control/environment-description.ts';
import { deployedTarget } from '../connection/local-target.ts';
import { stackNames } from '../connection/stage-outputs.ts';

/**
 * Lets the local SES accept e-mails from the address that the notification function sends from. On AWS the owner of
 * the address verifies it once.
 *
 * @see https://docs.aws.amazon.com/ses/latest/dg/creating-identities.html
 */
export async function verifySender(environment: DeployedEnvironment): Promise<void> {
  const lambda = new LambdaClient(deployedTarget(environment).awsClientConfig);
  const consumers = environment.outputs[stackNames(environment.name).consumers];
  const { Environment } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: consumers?.['NotificationsFunctionName'] }),
  );
  const sender = Environment?.Variables?.['EMAIL_FROM'];
  if (sender === undefined)
    throw new Error('The notification function has no EMAIL_FROM to send e-mails from.');
  await verifyEmailIdentities(environment.emailEndpoint, environment.region, [sender]);
}
