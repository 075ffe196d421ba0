import { expect, test } from '@jest/globals';
import { sendOnDemand } from '../../../../functions/notifications/aws/send-on-demand.ts';
import type { SendSms } from '../../../../functions/notifications/ports.ts';

const MESSAGE = { to: '+4915112345678', text: 'hello' };
const send: SendSms = () => Promise.resolve({ kind: 'sent', messageId: 'm-1' });

test('a client is loaded once, for the first message', async () => {
  let loads = 0;
  const sendSms = sendOnDemand('SNS', () => {
    loads += 1;
    return Promise.resolve(send);
  });
  const before = loads;

  const results = await Promise.all([sendSms(MESSAGE), sendSms(MESSAGE)]);
  const later = await sendSms(MESSAGE);

  const sent = { kind: 'sent', messageId: 'm-1' };
  expect({ before, results, later, loads }).toEqual({
    before: 0,
    results: [sent, sent],
    later: sent,
    loads: 1,
  });
});

test('a message is refused while the client cannot be loaded, and sent once it can', async () => {
  const cause = new Error('no such file');
  const loads = [() => Promise.reject(cause), () => Promise.resolve(send)];
  const sendSms = sendOnDemand<typeof MESSAGE>('SNS', () => loads.shift()?.() ?? Promise.reject(cause));

  const results = [await sendSms(MESSAGE), await sendSms(MESSAGE)];

  const message = 'The client of SNS could not be loaded.';
  expect(results).toEqual([
    { kind: 'refused', failure: { code: 'provider-unavailable', message, cause } },
    { kind: 'sent', messageId: 'm-1' },
  ]);
});
