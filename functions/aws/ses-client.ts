import { SESv2Client } from '@aws-sdk/client-sesv2';
import { sendOnceAt } from './client-settings.ts';
import { endWithInvocation } from './invocation.ts';

/** Creates a client of SES that tries once. */
export function sesClient(timeoutMs: number): SESv2Client {
  return endWithInvocation(new SESv2Client(sendOnceAt(timeoutMs)));
}
