import type { SendEmail, SendSms } from '../ports.ts';
import { SEND_TIMEOUT_MS } from '../timing.ts';
import { sendOnDemand } from './send-on-demand.ts';

/** Sends e-mails by SES. @param from - the address of the sender. */
export function emailOnDemand(from: string): SendEmail {
  return sendOnDemand('SES', async () => {
    const [{ sesClient }, { sesSendEmail }] = await Promise.all([
      import('../../aws/ses-client.ts'),
      import('./ses-send-email.ts'),
    ]);
    return sesSendEmail(sesClient(SEND_TIMEOUT_MS), from);
  });
}

/** Sends SMS by SNS. */
export function smsOnDemand(): SendSms {
  return sendOnDemand('SNS', async () => {
    const [{ snsClient }, { snsSendSms }] = await Promise.all([
      import('../../aws/sns-client.ts'),
      import('./sns-send-sms.ts'),
    ]);
    return snsSendSms(snsClient(SEND_TIMEOUT_MS));
  });
}
