import { describe, expect, test } from '@jest/globals';
import { findOutbox } from '../../../cli/demo/outbox.ts';

/** An endpoint that answers these paths and no others. */
function anEndpoint(answers: Readonly<Record<string, unknown>>): (path: string) => Promise<unknown> {
  return (path) => Promise.resolve(answers[path]);
}

// As MiniStack 1.5.33 answers.
const miniStackSms = {
  sms_messages: {
    '+447700900001': [{ PhoneNumber: '+447700900001', Message: 'Order 1 received.', MessageId: 'm' }],
    '+447700900002': [],
  },
  region: 'us-east-1',
};

describe('messages that were sent through an emulator', () => {
  test('is read from MiniStack, over all of its accounts', async () => {
    const endpoint = anEndpoint({
      '/_ministack/ses/messages': {
        messages: {
          '000000000000': [
            { To: ['a@example.com'], Subject: 'Order 1 received', BodyText: 'Thank you.', BodyHtml: null },
          ],
          '111111111111': [{ To: ['b@example.com', 'c@example.com'], Subject: 'S', BodyText: 'B' }],
        },
      },
      '/_ministack/sns/sms-messages': miniStackSms,
    });

    const outbox = await findOutbox(endpoint);

    expect(await outbox.emails()).toEqual([
      { recipient: 'a@example.com', text: 'Order 1 received\nThank you.' },
      { recipient: 'b@example.com', text: 'S\nB' },
      { recipient: 'c@example.com', text: 'S\nB' },
    ]);
    expect(await outbox.sms()).toEqual([{ recipient: '+447700900001', text: 'Order 1 received.' }]);
  });

  test('is read from LocalStack', async () => {
    const endpoint = anEndpoint({
      '/_localstack/info': { version: '4.14.0' },
      '/_aws/ses': {
        messages: [
          {
            Id: 'i',
            Destination: { ToAddresses: ['a@example.com'] },
            Subject: 'Order 1 received',
            Body: { text_part: 'Thank you.', html_part: null },
          },
        ],
      },
      '/_aws/sns/sms-messages': miniStackSms,
    });

    const outbox = await findOutbox(endpoint);

    expect(await outbox.emails()).toEqual([
      { recipient: 'a@example.com', text: 'Order 1 received\nThank you.' },
    ]);
    expect(await outbox.sms()).toEqual([{ recipient: '+447700900001', text: 'Order 1 received.' }]);
  });

  test('are none at a LocalStack whose services were not used yet', async () => {
    const outbox = await findOutbox(anEndpoint({ '/_localstack/info': { version: '4.14.0' } }));

    const sent = [await outbox.emails(), await outbox.sms()];

    expect(sent).toEqual([[], []]);
  });

  test('cannot be read from an endpoint that does not show it', async () => {
    const finding = findOutbox(anEndpoint({}));

    await expect(finding).rejects.toThrow(
      'The AWS endpoint does not list the messages that were sent through it. Use MiniStack or LocalStack, which do.',
    );
  });
});
