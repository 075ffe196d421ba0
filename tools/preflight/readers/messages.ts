import { GetAccountCommand, GetEmailIdentityCommand } from '@aws-sdk/client-sesv2';
import { GetSMSSandboxAccountStatusCommand } from '@aws-sdk/client-sns';
import { unlessMissing, type Call } from '../call.ts';
import type { EmailAccountFacts, IdentityFacts } from '../checks/messages.ts';
import type { Clients } from '../clients.ts';

export async function readIdentity({ ses }: Clients, call: Call, identity: string): Promise<IdentityFacts> {
  const found = await call('ses:GetEmailIdentity', (options) =>
    unlessMissing(
      ses.send(new GetEmailIdentityCommand({ EmailIdentity: identity }), options),
      ({ name }) => name === 'NotFoundException',
    ),
  );
  return { verified: found === undefined ? undefined : found.VerifiedForSendingStatus === true };
}

export async function readEmailAccount({ ses }: Clients, call: Call): Promise<EmailAccountFacts> {
  const { SendingEnabled, ProductionAccessEnabled } = await call('ses:GetAccount', (options) =>
    ses.send(new GetAccountCommand(), options),
  );
  return { sendingEnabled: SendingEnabled === true, production: ProductionAccessEnabled === true };
}

export async function readSms({ sns }: Clients, call: Call): Promise<{ readonly sandbox: boolean }> {
  const { IsInSandbox } = await call('sns:GetSMSSandboxAccountStatus', (options) =>
    sns.send(new GetSMSSandboxAccountStatusCommand(), options),
  );
  return { sandbox: IsInSandbox !== false };
}
