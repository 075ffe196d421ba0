import { SNSClient } from '@aws-sdk/client-sns';
import { sendOnceAt } from './client-settings.ts';
import { endWithInvocation } from './invocation.ts';

/** Creates a client of SNS that tries once. */
export function snsClient(timeoutMs: number): SNSClient {
  return endWithInvocation(new SNSClient(sendOnceAt(timeoutMs)));
}
