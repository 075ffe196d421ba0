import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { DescribeAvailabilityZonesCommand } from '@aws-sdk/client-ec2';
import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { unlessMissing, type Call } from '../call.ts';
import type { CallerFacts } from '../checks/account.ts';
import type { BootstrapFacts } from '../checks/bootstrap.ts';
import type { ExecutionFacts } from '../checks/executions.ts';
import type { ZoneFacts } from '../checks/zones.ts';
import type { Clients } from '../clients.ts';

export async function readCaller({ sts }: Clients, call: Call): Promise<CallerFacts> {
  const { Account = '', Arn = '' } = await call('sts:GetCallerIdentity', (options) =>
    sts.send(new GetCallerIdentityCommand(), options),
  );
  return { account: Account, arn: Arn };
}

/** The region of the environment or the profile; undefined when neither names one. */
export async function readRegion(): Promise<string | undefined> {
  const client = new STSClient();
  return await unlessMissing(
    client.config.region(),
    ({ message }) => message === 'Region is missing',
  ).finally(() => {
    client.destroy();
  });
}

/** @param qualifier tells the bootstraps of one account apart. */
export async function readBootstrap(
  { ssm }: Clients,
  call: Call,
  qualifier: string,
): Promise<BootstrapFacts> {
  const parameter = `/cdk-bootstrap/${qualifier}/version`;
  const found = await call('ssm:GetParameter', (options) =>
    unlessMissing(
      ssm.send(new GetParameterCommand({ Name: parameter }), options),
      ({ name }) => name === 'ParameterNotFound',
    ),
  );
  const value = found?.Parameter?.Value;
  return { parameter, version: value === undefined ? undefined : Number(value) };
}

export async function readZones({ ec2 }: Clients, call: Call): Promise<readonly ZoneFacts[]> {
  const { AvailabilityZones = [] } = await call('ec2:DescribeAvailabilityZones', (options) =>
    ec2.send(
      new DescribeAvailabilityZonesCommand({
        Filters: [{ Name: 'zone-type', Values: ['availability-zone'] }],
      }),
      options,
    ),
  );
  return AvailabilityZones.map(({ ZoneName = '', ZoneId = '', State = '' }) => ({
    name: ZoneName,
    id: ZoneId,
    state: State,
  }));
}

export async function readExecutions({ lambda }: Clients, call: Call): Promise<ExecutionFacts> {
  const { AccountLimit } = await call('lambda:GetAccountSettings', (options) =>
    lambda.send(new GetAccountSettingsCommand(), options),
  );
  return {
    limit: AccountLimit?.ConcurrentExecutions ?? 0,
    unreserved: AccountLimit?.UnreservedConcurrentExecutions ?? 0,
  };
}
