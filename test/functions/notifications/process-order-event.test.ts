import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { CustomerContact } from '../../../functions/kernel/order-event.ts';
import type { ConsumerOutcome } from '../../../functions/kernel/record-outcome.ts';
import { anyFaults, Crash, faultsOf, noFaults, survive } from '../faults.ts';
import { aCancelled, aPlaced } from '../received-events.ts';
import { GRACE_MS, TIME_TO_SEND_MS } from '../../../functions/notifications/timing.ts';
import { LONGEST_REST_MS } from '../../../functions/notifications/send-breaker.ts';
import { LONGEST_BACKOFF_MS, World, type ProviderFate } from './world.ts';

const LEASE_MS = 35_000;

const KEY = { orderId: 'order-1', type: 'order.placed' } as const;

const email = 'customer@example.com';
const phone = '+4915112345678';

function orderOf(customer: CustomerContact) {
  return aPlaced({ customer });
}

function inWords(outcome: ConsumerOutcome | undefined): string {
  if (outcome === undefined) return 'died';
  if (outcome.kind === 'skipped') return `skipped ${outcome.reason}`;
  return 'failure' in outcome ? `${outcome.kind} ${outcome.failure.code}` : outcome.kind;
}

/** The status of each entry and how many messages went out. */
function stateOf({ ledger, emails, texts }: World) {
  const status = (channel: 'email' | 'sms') => ledger.entries.get(channel)?.status;
  return { email: status('email'), emails: emails.length, sms: status('sms'), texts: texts.length };
}

describe('the messages of an order', () => {
  test('name the order and its total', async () => {
    const world = new World();

    const outcome = await world.deliver(orderOf({ email, phone }));

    expect(outcome).toEqual({ kind: 'processed' });
    expect(world.emails).toEqual([
      {
        to: email,
        subject: 'Order order-1 received',
        body: 'Thank you for your order order-1.\nTotal: 2.00 EUR\n',
        notificationId: expect.stringMatching(/^notification-[0-9a-f]{32}$/),
      },
    ]);
    expect(world.texts).toEqual([{ to: phone, text: 'Order order-1 received. Total: 2.00 EUR.' }]);
  });

  test.each([
    { story: 'without decimals', currency: 'JPY', totalMinor: 1_999, total: '1999 JPY' },
    { story: 'with three decimals', currency: 'KWD', totalMinor: 1_999, total: '1.999 KWD' },
    { story: 'below one', currency: 'EUR', totalMinor: 5, total: '0.05 EUR' },
    { story: 'of nothing', currency: 'EUR', totalMinor: 0, total: '0.00 EUR' },
    {
      story: 'as large as can be',
      currency: 'EUR',
      totalMinor: Number.MAX_SAFE_INTEGER,
      total: '90071992547409.91 EUR',
    },
  ] as const)('write a total $story', async ({ currency, totalMinor, total }) => {
    const world = new World();

    await world.deliver(aPlaced({ customer: { phone }, currency, totalMinor }));

    expect(world.texts.map(({ text }) => text)).toEqual([`Order order-1 received. Total: ${total}.`]);
  });
});

describe('nobody is notified', () => {
  test.each([
    { story: 'when the order names no customer', event: aPlaced() },
    { story: 'when the customer names no contact', event: orderOf({}) },
    { story: 'of a cancellation, which carries no contact', event: aCancelled() },
  ])('$story', async ({ event }) => {
    const world = new World();

    const outcome = await world.deliver(event);

    expect(outcome).toEqual({ kind: 'skipped', reason: 'no-contact' });
    expect(stateOf(world)).toEqual({ email: undefined, emails: 0, sms: undefined, texts: 0 });
  });
});

interface Story {
  readonly story: string;
  /** One delivery for each fate of the message. */
  readonly fates: readonly ProviderFate[];
  readonly outcomes: readonly string[];
  readonly status: string | undefined;
  readonly messages: number;
}

const sharedStories: readonly Story[] = [
  {
    story: 'sent: a redelivery sends nothing',
    fates: ['takes', 'takes'],
    outcomes: ['processed', 'duplicate'],
    status: 'SENT',
    messages: 1,
  },
  {
    story: 'refused for good: parked, and the claim is released',
    fates: ['refuses'],
    outcomes: ['poison contact-refused'],
    status: undefined,
    messages: 0,
  },
  {
    story: 'throttled: comes again and is sent then',
    fates: ['throttles', 'takes'],
    outcomes: ['failed provider-unavailable', 'processed'],
    status: 'SENT',
    messages: 1,
  },
];

const emailStories: readonly Story[] = [
  {
    story: 'without an answer: sent again, perhaps a second time',
    fates: ['takesAndLosesReply', 'takes'],
    outcomes: ['failed provider-unavailable', 'processed'],
    status: 'SENT',
    messages: 2,
  },
  {
    story: 'died after the send: sent again once the lease is over',
    fates: ['takesAndDies', 'takes'],
    outcomes: ['died', 'processed'],
    status: 'SENT',
    messages: 2,
  },
];

const smsStories: readonly Story[] = [
  {
    story: 'without an answer: parked for a person, never sent again',
    fates: ['takesAndLosesReply', 'takes'],
    outcomes: ['poison send-ambiguous', 'poison send-ambiguous'],
    status: 'AMBIGUOUS',
    messages: 1,
  },
  {
    story: 'died after the send: parked for a person once the lease is over',
    fates: ['takesAndDies', 'takes'],
    outcomes: ['died', 'poison send-ambiguous'],
    status: 'AMBIGUOUS',
    messages: 1,
  },
  {
    story: 'died before the send: parked all the same, for nobody knows',
    fates: ['dies', 'takes'],
    outcomes: ['died', 'poison send-ambiguous'],
    status: 'AMBIGUOUS',
    messages: 0,
  },
];

describe('an e-mail', () => {
  test.each([...sharedStories, ...emailStories])('$story', async ({ fates, outcomes, status, messages }) => {
    const world = new World();

    const seen = await deliverEach(world, { email }, fates);

    expect(seen).toEqual(outcomes);
    expect(stateOf(world)).toEqual({ email: status, emails: messages, sms: undefined, texts: 0 });
  });
});

describe('an SMS', () => {
  test.each([...sharedStories, ...smsStories])('$story', async ({ fates, outcomes, status, messages }) => {
    const world = new World();

    const seen = await deliverEach(world, { phone }, fates);

    expect(seen).toEqual(outcomes);
    expect(stateOf(world)).toEqual({ email: undefined, emails: 0, sms: status, texts: messages });
  });
});

async function deliverEach(
  world: World,
  customer: CustomerContact,
  fates: readonly ProviderFate[],
): Promise<readonly string[]> {
  const outcomes: string[] = [];
  for (const fate of fates) {
    world.emailFates = [fate];
    world.smsFates = [fate];
    outcomes.push(inWords(await survive(world.deliverUntilFree(orderOf(customer)))));
    world.nowMs += LEASE_MS;
  }
  return outcomes;
}

describe('a claim that somebody holds', () => {
  test('is waited for when the deadline allows it', async () => {
    const world = new World();
    world.emailFates = ['dies'];
    await expect(world.deliver(orderOf({ email }))).rejects.toThrow(Crash);
    const before = world.nowMs;

    const outcome = await world.deliver(orderOf({ email }), LEASE_MS + GRACE_MS + TIME_TO_SEND_MS);

    expect(outcome).toEqual({ kind: 'processed' });
    expect(world.nowMs - before).toBe(LEASE_MS + GRACE_MS);
  });

  test('fails the record when its lease outlasts the deadline', async () => {
    const world = new World();
    world.emailFates = ['dies'];
    await expect(world.deliver(orderOf({ email }))).rejects.toThrow(Crash);

    const outcome = await world.deliver(orderOf({ email }), LEASE_MS + TIME_TO_SEND_MS - 1);

    expect(inWords(outcome)).toBe('failed claim-held');
  });

  test('is not taken over when its owner has sent meanwhile', async () => {
    const world = new World();
    world.emailFates = ['takesAndDies'];
    await expect(world.deliver(orderOf({ email }))).rejects.toThrow(Crash);
    const [claimId = ''] = Array.from(world.ledger.entries.values(), (entry) => entry.claimId);
    world.whilePausing = () => world.ledger.confirm({ ...KEY, channel: 'email' }, claimId);

    const outcome = await world.deliver(orderOf({ email }), LEASE_MS + GRACE_MS + TIME_TO_SEND_MS);

    expect(outcome).toEqual({ kind: 'duplicate' });
    expect(world.emails).toHaveLength(1);
  });
});

describe('a record', () => {
  test('claims nothing without time to send', async () => {
    const world = new World();

    const outcome = await world.deliver(orderOf({ email }), TIME_TO_SEND_MS - 1);

    expect(inWords(outcome)).toBe('failed out-of-time');
    expect(world.ledger.entries.size).toBe(0);
  });

  test('sends when its claim was written but the answer to it came from a retry', async () => {
    const world = new World();
    const { claim } = world.ledger;
    const ledger = Object.assign(world.ledger, {
      claim: async (...args: Parameters<typeof claim>) => {
        await claim(...args);
        return claim(...args);
      },
    });

    const outcome = await world.deliver(orderOf({ email }));

    expect(outcome).toEqual({ kind: 'processed' });
    expect(ledger.entries.get('email')?.status).toBe('SENT');
  });

  test.each([
    { story: 'under the same event id', again: { eventId: 'event-1' }, outcome: 'poison event-id-reused' },
    { story: 'under another event id', again: { eventId: 'event-2' }, outcome: 'poison order-id-reused' },
  ])('with another payload $story is parked', async ({ again, outcome }) => {
    const world = new World();
    await world.deliver(orderOf({ email }));

    const second = await world.deliver(aPlaced({ customer: { email }, totalMinor: 999, ...again }));

    expect(inWords(second)).toBe(outcome);
    expect(world.emails).toHaveLength(1);
  });

  test.each([
    { emailFate: 'throttles', smsFate: 'takes', outcome: 'failed provider-unavailable' },
    { emailFate: 'throttles', smsFate: 'refuses', outcome: 'failed provider-unavailable' },
    { emailFate: 'takes', smsFate: 'takesAndLosesReply', outcome: 'poison send-ambiguous' },
    { emailFate: 'refuses', smsFate: 'takes', outcome: 'poison contact-refused' },
    { emailFate: 'takes', smsFate: 'takes', outcome: 'processed' },
  ] as const)(
    'whose e-mail provider $emailFate and SMS provider $smsFate is $outcome',
    async ({ emailFate, smsFate, outcome }) => {
      const world = new World();
      world.emailFates = [emailFate];
      world.smsFates = [smsFate];

      const seen = await world.deliver(orderOf({ email, phone }));

      expect(inWords(seen)).toBe(outcome);
    },
  );

  test('is parked for its SMS when its e-mail is through at last', async () => {
    const world = new World();
    world.emailFates = ['throttles'];
    world.smsFates = ['takesAndLosesReply'];

    const first = await world.deliver(orderOf({ email, phone }));
    const second = await world.deliver(orderOf({ email, phone }));

    expect([first, second].map(inWords)).toEqual(['failed provider-unavailable', 'poison send-ambiguous']);
    expect(stateOf(world)).toEqual({ email: 'SENT', emails: 1, sms: 'AMBIGUOUS', texts: 1 });
  });
});

const CHANNELS = [
  { channel: 'email', contact: { email } },
  { channel: 'sms', contact: { phone } },
] as const;

describe('a ledger that gives no answer for some seconds', () => {
  const writes = [
    { write: 'confirm', fate: 'takes', first: 'processed', second: 'duplicate', messages: 1 },
    {
      write: 'release',
      fate: 'throttles',
      first: 'failed provider-unavailable',
      second: 'processed',
      messages: 1,
    },
  ] as const;
  const cases = writes.flatMap((one) => CHANNELS.map((two) => ({ ...one, ...two })));

  test.each(cases)(
    'loses no $write of an $channel',
    async ({ write, fate, first, second, messages, contact }) => {
      const world = new World();
      world.emailFates = [fate];
      world.smsFates = [fate];
      world.fail(write, 12_000);

      const outcomes = [await world.deliver(orderOf(contact))];
      world.moveToAnotherEnvironment();
      world.nowMs += 38_000;
      outcomes.push(await world.deliver(orderOf(contact)));

      expect(outcomes.map(inWords)).toEqual([first, second]);
      expect(world.emails.length + world.texts.length).toBe(messages);
    },
  );

  test('loses no mark of an SMS whose outcome is unknown', async () => {
    const world = new World();
    world.smsFates = ['takesAndLosesReply'];
    world.fail('markAmbiguous', 12_000);

    const outcome = await world.deliver(orderOf({ phone }));

    expect(inWords(outcome)).toBe('poison send-ambiguous');
    expect(stateOf(world)).toEqual({ email: undefined, emails: 0, sms: 'AMBIGUOUS', texts: 1 });
  });
});

describe('a ledger that gives no answer for longer than the invocation', () => {
  test.each(CHANNELS)('is not written to past the deadline of an $channel', async ({ contact }) => {
    const world = new World();
    world.fail('confirm', Infinity);
    const before = world.nowMs;

    const outcome = await world.deliver(orderOf(contact));

    expect(inWords(outcome)).toBe('processed');
    expect(world.nowMs - before).toBeGreaterThan(26_000);
    expect(world.nowMs - before).toBeLessThan(27_500);
  });

  test.each(CHANNELS)(
    'gets the confirmation of an $channel when the order comes again',
    async ({ contact, channel }) => {
      const world = new World();
      world.fail('confirm', 40_000);

      const outcomes = [await world.deliver(orderOf(contact))];
      world.nowMs += 38_000;
      outcomes.push(await world.deliver(orderOf(contact)));

      expect(outcomes.map(inWords)).toEqual(['processed', 'duplicate']);
      expect(world.emails.length + world.texts.length).toBe(1);
      expect(world.ledger.entries.get(channel)?.status).toBe('SENT');
    },
  );

  test.each(CHANNELS)(
    'gets the confirmation of an $channel with the next record that its environment gets',
    async ({ contact, channel }) => {
      const world = new World();
      world.fail('confirm', 40_000);

      const outcomes = [await world.deliver(orderOf(contact))];
      world.nowMs += 14_000;
      outcomes.push(await world.deliver(aCancelled()));

      expect(outcomes.map(inWords)).toEqual(['processed', 'skipped no-contact']);
      expect(world.ledger.entries.get(channel)?.status).toBe('SENT');
    },
  );

  test.each(CHANNELS)(
    'leads to no second $channel elsewhere, when the environment that sent gets a record in the grace of its claim, after the longest backoff of a mapping',
    async ({ contact, channel }) => {
      const world = new World();
      world.fail('confirm', 40_000);
      const outcomes = [await world.deliver(orderOf(contact))];
      const sender = world.environment;
      world.moveToAnotherEnvironment();
      const finder = world.environment;

      world.nowMs += LEASE_MS;
      outcomes.push(await world.deliver(orderOf(contact)));
      world.nowMs += LONGEST_BACKOFF_MS;
      outcomes.push(await world.deliver(orderOf(contact)));
      world.environment = sender;
      await world.deliver(aCancelled());
      world.environment = finder;
      outcomes.push(await world.deliver(orderOf(contact)));

      expect(outcomes.map(inWords)).toEqual([
        'processed',
        'failed claim-held',
        'failed claim-held',
        'duplicate',
      ]);
      expect(world.emails.length + world.texts.length).toBe(1);
      expect(world.ledger.entries.get(channel)?.status).toBe('SENT');
    },
  );

  test('is asked to confirm once for each send that is left, and again only after no answer', async () => {
    const world = new World();
    world.fail('confirm', 60_000);
    await world.deliver(orderOf({ email, phone }));
    await world.deliver(aCancelled());
    const confirmed: string[] = [];
    const { confirm } = world.ledger;
    world.nowMs += 60_000;
    Object.assign(world.ledger, {
      confirm: (...args: Parameters<typeof confirm>) => {
        confirmed.push(args[0].channel);
        return confirm(...args);
      },
    });

    await world.deliver(aCancelled());
    await world.deliver(aCancelled());

    expect(confirmed.toSorted()).toEqual(['email', 'sms']);
  });

  test.each(CHANNELS)(
    'does not keep another environment from sending an $channel that was refused',
    async ({ contact }) => {
      const world = new World();
      world.emailFates = ['throttles'];
      world.smsFates = ['throttles'];
      world.fail('release', 40_000);
      const outcomes = [await world.deliver(orderOf(contact))];
      world.nowMs += 14_000;
      await world.deliver(aCancelled());
      world.moveToAnotherEnvironment();

      outcomes.push(await world.deliver(orderOf(contact)));

      expect(outcomes.map(inWords)).toEqual(['failed provider-unavailable', 'processed']);
      expect(world.emails.length + world.texts.length).toBe(1);
    },
  );

  test.each(CHANNELS)('does not keep an $channel that was refused from being sent', async ({ contact }) => {
    const world = new World();
    world.emailFates = ['throttles'];
    world.smsFates = ['throttles'];
    world.fail('release', 40_000);

    const outcomes = [await world.deliver(orderOf(contact)), await world.deliver(orderOf(contact))];
    world.nowMs += LONGEST_BACKOFF_MS;
    outcomes.push(await world.deliver(orderOf(contact)));

    expect(outcomes.map(inWords)).toEqual([
      'failed provider-unavailable',
      'failed store-unavailable',
      'processed',
    ]);
    expect(world.emails.length + world.texts.length).toBe(1);
  });

  test.each(CHANNELS)(
    'is told of the first claim of an $channel before anything new is claimed, however long it was away',
    async ({ contact, channel }) => {
      const world = new World();
      const { claim } = world.ledger;
      let claims = 0;
      Object.assign(world.ledger, {
        claim: (...args: Parameters<typeof claim>) => {
          claims += 1;
          return claim(...args);
        },
      });
      world.ledger.faults = faultsOf(['replyLost', ...Array<'unavailable'>(5).fill('unavailable')]);
      await world.deliver(orderOf(contact));
      const claimsAtFirst = claims;
      world.ledger.faults = () => 'unavailable';

      const outcomes: ConsumerOutcome[] = [];
      for (let tries = 1; tries <= 20; tries += 1) {
        outcomes.push(await world.deliver(orderOf(contact)));
        world.nowMs += LONGEST_BACKOFF_MS;
      }
      const claimsInOutage = claims - claimsAtFirst;
      world.ledger.faults = noFaults;
      await world.deliver(aCancelled());

      expect(new Set(outcomes.map(inWords))).toEqual(new Set(['failed store-unavailable']));
      expect(claimsInOutage).toBe(0);
      expect(world.ledger.entries.get(channel)).toBeUndefined();
    },
  );
});

describe('a claim whose answer was lost', () => {
  test.each(CHANNELS)('recognizes itself when the $channel is tried again at once', async ({ contact }) => {
    const world = new World();
    world.ledger.faults = faultsOf(['replyLost', 'unavailable', 'none']);

    const outcome = await world.deliver(orderOf(contact));

    expect(inWords(outcome)).toBe('processed');
    expect(world.emails.length + world.texts.length).toBe(1);
  });

  test.each(CHANNELS)('is taken back, so that any environment sends the $channel', async ({ contact }) => {
    const world = new World();
    world.ledger.faults = faultsOf(['replyLost', 'replyLost', 'replyLost', 'none']);

    const outcomes = [await world.deliver(orderOf(contact))];
    world.moveToAnotherEnvironment();
    outcomes.push(await world.deliver(orderOf(contact)));

    expect(outcomes.map(inWords)).toEqual(['failed store-unavailable', 'processed']);
  });

  test.each(CHANNELS)(
    'that could not be taken back is known as one that sent no $channel',
    async ({ contact }) => {
      const world = new World();
      world.ledger.faults = faultsOf(['replyLost', ...Array<'unavailable'>(5).fill('unavailable')]);

      const outcomes = [await world.deliver(orderOf(contact)), await world.deliver(orderOf(contact))];

      expect(outcomes.map(inWords)).toEqual(['failed store-unavailable', 'processed']);
      expect(world.emails.length + world.texts.length).toBe(1);
    },
  );

  test('that another environment finds is nobody knows what: the SMS is parked and not sent', async () => {
    const world = new World();
    world.ledger.faults = faultsOf(['replyLost', ...Array<'unavailable'>(5).fill('unavailable')]);

    const outcomes = [await world.deliver(orderOf({ phone }))];
    world.moveToAnotherEnvironment();
    world.nowMs += LEASE_MS;
    outcomes.push(await world.deliverUntilFree(orderOf({ phone })));

    expect(outcomes.map(inWords)).toEqual(['failed store-unavailable', 'poison send-ambiguous']);
    expect(world.texts).toEqual([]);
  });
});

/** The ledger knows one order only, so each is the first that it sees. */
async function deliverOrders(world: World, count: number): Promise<readonly string[]> {
  const outcomes: string[] = [];
  for (let order = 1; order <= count; order += 1) {
    world.ledger.entries.clear();
    outcomes.push(inWords(await world.deliver(orderOf({ phone }))));
  }
  return outcomes;
}

describe('an outage in which a provider gives no outcomes', () => {
  test('parks a few SMS instead of all, and sends the others when it is over', async () => {
    const world = new World();
    world.smsFates = Array<ProviderFate>(10).fill('takesAndLosesReply');

    const inOutage = await deliverOrders(world, 20);
    world.smsFates = [];
    world.nowMs += LONGEST_REST_MS;
    const after = await deliverOrders(world, 17);

    expect(inOutage).toEqual([
      ...Array<string>(3).fill('poison send-ambiguous'),
      ...Array<string>(17).fill('failed provider-resting'),
    ]);
    expect(after).toEqual(Array<string>(17).fill('processed'));
  });

  test('claims nothing for a message that is not tried', async () => {
    const world = new World();
    world.smsFates = Array<ProviderFate>(3).fill('takesAndLosesReply');

    const outcomes = await deliverOrders(world, 4);

    expect(outcomes.at(-1)).toBe('failed provider-resting');
    expect(world.ledger.entries.size).toBe(0);
  });

  test('keeps an SMS back and not the e-mail of its order', async () => {
    const world = new World();
    world.smsFates = Array<ProviderFate>(3).fill('takesAndLosesReply');
    await deliverOrders(world, 3);
    world.ledger.entries.clear();

    const outcome = await world.deliver(orderOf({ email, phone }));

    expect(inWords(outcome)).toBe('failed provider-resting');
    expect(stateOf(world)).toEqual({ email: 'SENT', emails: 1, sms: undefined, texts: 3 });
  });
});

describe('a turn to send', () => {
  test('that comes too late claims nothing', async () => {
    const world = new World();
    const turn = Promise.withResolvers<void>();
    const held = world.limit.inTurn(() => turn.promise);
    const delivery = world.deliver(orderOf({ phone }));

    world.nowMs += 20_000;
    turn.resolve();
    const outcome = await delivery;
    await held;

    expect(inWords(outcome)).toBe('failed out-of-time');
    expect(stateOf(world)).toEqual({ email: undefined, emails: 0, sms: undefined, texts: 0 });
  });

  test('whose claim takes too long leaves no claim behind', async () => {
    const world = new World();
    const { claim } = world.ledger;
    Object.assign(world.ledger, {
      claim: (...args: Parameters<typeof claim>) => {
        world.nowMs += 20_000;
        return claim(...args);
      },
    });

    const outcome = await world.deliver(orderOf({ phone }));

    expect(inWords(outcome)).toBe('failed out-of-time');
    expect(stateOf(world)).toEqual({ email: undefined, emails: 0, sms: undefined, texts: 0 });
  });
});

describe('whatever is repeated or interrupted', () => {
  const anyFate = fc.constantFrom<ProviderFate>(
    'takes',
    'takesAndLosesReply',
    'refuses',
    'throttles',
    'dies',
    'takesAndDies',
  );
  const anyDelivery = fc.record({
    fate: anyFate,
    faults: anyFaults,
    laterMs: fc.constantFrom(0, 1_000, LEASE_MS),
    atOnce: fc.integer({ min: 1, max: 3 }),
    elsewhere: fc.boolean(),
  });

  async function deliverAll(
    world: World,
    customer: CustomerContact,
    deliveries: readonly {
      fate: ProviderFate;
      faults: Parameters<typeof faultsOf>[0];
      laterMs: number;
      atOnce: number;
      elsewhere: boolean;
    }[],
  ): Promise<void> {
    for (const { fate, faults, laterMs, atOnce, elsewhere } of deliveries) {
      if (elsewhere) world.moveToAnotherEnvironment();
      world.emailFates = [fate];
      world.smsFates = [fate];
      world.ledger.faults = faultsOf(faults);
      await Promise.allSettled(
        Array.from({ length: atOnce }, () => survive(world.deliver(orderOf(customer)))),
      );
      world.nowMs += laterMs;
    }
    world.ledger.faults = noFaults;
    world.emailFates = [];
    world.smsFates = [];
    world.nowMs += LEASE_MS;
  }

  test('at most one SMS goes out, and at the end it is sent or parked', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyDelivery, { maxLength: 8 }), async (deliveries) => {
        const world = new World();

        await deliverAll(world, { phone }, deliveries);
        const outcome = await world.deliverUntilFree(orderOf({ phone }));

        expect(world.texts.length).toBeLessThanOrEqual(1);
        expect(['processed', 'duplicate', 'poison send-ambiguous']).toContain(inWords(outcome));
      }),
      { numRuns: 500 },
    );
  });

  test('an e-mail goes out at least once, and again only after an outcome that nobody knew', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyDelivery, { maxLength: 8 }), async (deliveries) => {
        const world = new World();

        await deliverAll(world, { email }, deliveries);
        await world.deliverUntilFree(orderOf({ email }));

        const uncertain = deliveries.filter(
          ({ fate, faults }) =>
            fate === 'takesAndDies' ||
            fate === 'takesAndLosesReply' ||
            faults.some((fault) => fault !== 'none'),
        );
        // Each of the invocations at once may end without anybody knowing.
        const unknown = uncertain.reduce((sum, { atOnce }) => sum + atOnce, 0);
        expect(world.emails.length).toBeGreaterThanOrEqual(1);
        expect(world.emails.length).toBeLessThanOrEqual(1 + unknown);
      }),
      { numRuns: 500 },
    );
  });
});
