import { snsClient } from '../../../../functions/aws/sns-client.ts';
import { duringInvocation } from '../../../../functions/aws/invocation.ts';
import { snsSendSms } from '../../../../functions/notifications/aws/sns-send-sms.ts';
import type { SendResult } from '../../../../functions/notifications/ports.ts';

/** One send, and the surroundings that it is made in. */
export interface SendOrder {
  readonly endpoint: string;
  /** Milliseconds that the client waits for the provider. */
  readonly timeoutMs: number;
  /** Milliseconds that are left of the invocation. */
  readonly remainingMs: number;
}

// Sends outside of Jest: it gives each test errors of its own, which the SDK does not take for those that Node.js throws.
process.on('message', (order: SendOrder) => {
  void send(order).then((result) => process.send?.(result));
});

function send({ endpoint, timeoutMs, remainingMs }: SendOrder): Promise<SendResult> {
  process.env['AWS_ENDPOINT_URL_SNS'] = endpoint;
  const sendSms = snsSendSms(snsClient(timeoutMs));
  return duringInvocation({ remainingMs: () => remainingMs }, () =>
    sendSms({ to: '+4915112345678', text: 'Text' }),
  );
}
