import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '../../../local/helpers/wait-for.ts';
import { listenOnLoopback } from '../../../local/lambda/listen-on-loopback.ts';
import { readRequest } from '../../../cli/drill/proxy/aws-request.ts';
import { FaultProxy } from '../../../cli/drill/proxy/fault-proxy.ts';
import type { FaultRule } from '../../../cli/drill/proxy/fault-rule.ts';
import { SendWitness, type Channel } from '../../../cli/drill/proxy/send-witness.ts';
import { SERVICE_NAMES, type Service } from '../../../cli/drill/proxy/services.ts';

const SEEN_AFTER_MS = 4_000;

let server: Server;
let proxy: FaultProxy;
let witness: SendWitness;
/** Is waited for before the service answers. */
let answer: () => Promise<void>;
/** The condition of a write is not met. */
let isConditionMet: boolean;
/** Bodies that reached the service. */
let reached: string[];

beforeEach(async () => {
  reached = [];
  answer = () => Promise.resolve();
  isConditionMet = true;
  server = createServer((request, response) => {
    void serve(request, response);
  });
  const port = await listenOnLoopback(server, 0);
  witness = new SendWitness();
  proxy = new FaultProxy({ target: `http://127.0.0.1:${port}`, witness, random: () => 0.3, slowMs: 1 });
  await proxy.listen();
});

afterEach(async () => {
  await proxy.close();
  server.close();
  server.closeAllConnections();
});

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  reached.push((await buffer(request)).toString());
  await answer();
  if (!isConditionMet) response.statusCode = 400;
  const isXml = request.headers['content-type']?.includes('urlencoded') === true;
  response.end(isXml ? '<PublishResponse><PublishResult/></PublishResponse>' : '{}');
}

function settingsOf(name: string) {
  const endpoint = proxy.endpoints[name] ?? '';
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return { endpoint, credentials, region: 'us-east-1', maxAttempts: 1 };
}

/** One call of each service, as the functions make it. */
const CALLS: Readonly<Record<Service, () => Promise<unknown>>> = {
  dynamodb: () =>
    new DynamoDBClient(settingsOf('DYNAMODB')).send(
      new GetItemCommand({ TableName: 't', Key: { pk: { S: '1' } } }),
    ),
  sqs: () =>
    new SQSClient({ ...settingsOf('SQS'), md5: false, useQueueUrlAsEndpoint: false }).send(
      new SendMessageCommand({ QueueUrl: 'http://127.0.0.1/000000000000/q', MessageBody: 'b' }),
    ),
  ses: () =>
    new SESv2Client(settingsOf('SESV2')).send(
      new SendEmailCommand({
        FromEmailAddress: 'a@example.com',
        Destination: { ToAddresses: ['b@example.com'] },
        Content: {
          Simple: { Subject: { Data: 'Order order-1 received' }, Body: { Text: { Data: 'Thank you.' } } },
        },
      }),
    ),
  sns: () =>
    new SNSClient(settingsOf('SNS')).send(
      new PublishCommand({
        PhoneNumber: '+4915112345678',
        Message: 'Order order-1 received. Total: 1.00 USD.',
      }),
    ),
};

/** The name of the error that a call ends with, or what it gives. */
async function endOf(service: Service): Promise<string> {
  try {
    await CALLS[service]();
    return 'done';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

const keyOf = (channel: Channel) => ({ pk: { S: 'ORDER#order-1' }, sk: { S: `order.placed#${channel}` } });

/** Claims a notification of order-1, as the functions do, whatever the answer. */
async function claim(channel: Channel = 'email'): Promise<void> {
  const command = new PutItemCommand({ TableName: 't', Item: keyOf(channel) });
  await new DynamoDBClient(settingsOf('DYNAMODB')).send(command).catch(() => undefined);
}

/** Confirms the e-mail of order-1, whatever the answer. */
async function confirm(): Promise<void> {
  const command = new UpdateItemCommand({ TableName: 't', Key: keyOf('email') });
  await new DynamoDBClient(settingsOf('DYNAMODB')).send(command).catch(() => undefined);
}

/** Lets nothing else in this process happen for some milliseconds. */
function busy(ms: number): void {
  const untilMs = performance.now() + ms;
  while (performance.now() < untilMs);
}

function untilInjected(count: number): Promise<void> {
  return waitFor(() => proxy.injected === count, {
    what: `${count} requests to meet their fault`,
    timeoutMs: SEEN_AFTER_MS,
  });
}

describe.each(SERVICE_NAMES)('the proxy before %s', (service) => {
  test('forwards requests that it does not spoil', async () => {
    const end = await endOf(service);

    expect([end, reached.length, proxy.injected]).toEqual(['done', 1, 0]);
  });

  test.each<[rule: FaultRule, reached: number]>([
    [{ kind: 'throttle', share: 1 }, 0],
    [{ kind: 'error', share: 1 }, 0],
    [{ kind: 'reset', share: 1 }, 0],
    [{ kind: 'lostAnswer', share: 1 }, 1],
  ])('brings about %j', async (rule, requests) => {
    proxy.spoil([service], rule);

    const end = await endOf(service);

    expect([end === 'done', reached.length, proxy.injected]).toEqual([false, requests, 1]);
  });

  test('takes a request and says nothing while the connection lasts', async () => {
    proxy.spoil([service], { kind: 'silence', share: 1 });

    const end = endOf(service);
    await untilInjected(1);
    const meanwhile = await Promise.race([end, Promise.resolve('no answer')]);
    await proxy.refuse([service]);

    expect([meanwhile, (await end) === 'done', reached.length]).toEqual(['no answer', false, 0]);
  });

  test('answers late when it is slow', async () => {
    proxy.spoil([service], { kind: 'slow', share: 1 });

    const end = await endOf(service);

    expect([end, reached.length, proxy.injected]).toEqual(['done', 1, 1]);
  });

  test.each([
    { when: 'before', requests: 0 },
    { when: 'after', requests: 1 },
  ] as const)('springs a trap once, $when the service has done its work', async ({ when, requests }) => {
    let reachedThen = -1;
    const spring = (): Promise<void> => {
      reachedThen = reached.length;
      return Promise.resolve();
    };
    proxy.setTrap({ service, operations: [], when, spring });

    const first = await endOf(service);
    const second = await endOf(service);

    expect([first === 'done', reachedThen, second, reached.length]).toEqual([
      false,
      requests,
      'done',
      requests + 1,
    ]);
  });

  test('refuses connections, and takes them again at the same address', async () => {
    const before = proxy.endpoints;
    await proxy.refuse([service]);

    const during = await endOf(service);
    await proxy.heal();
    const after = await endOf(service);

    expect([during === 'done', after, proxy.endpoints]).toEqual([false, 'done', before]);
  });

  test('leaves alone the share that is not to be spoiled', async () => {
    proxy.spoil([service], { kind: 'error', share: 0.3 });

    const end = await endOf(service);

    expect(end).toBe('done');
  });
});

test('the proxy is idle when all open requests have ended', async () => {
  const answers = Promise.withResolvers<undefined>();
  answer = () => answers.promise;
  const call = endOf('dynamodb');
  await waitFor(() => Promise.resolve(reached.length === 1), {
    what: 'the request',
    timeoutMs: SEEN_AFTER_MS,
  });

  const idle = proxy.idle().then(() => 'idle');
  const meanwhile = await Promise.race([idle, setImmediate('busy')]);
  answers.resolve(undefined);

  expect([meanwhile, await idle, await call]).toEqual(['busy', 'idle', 'done']);
});

test('a trap lets other operations pass', async () => {
  let springs = 0;
  const spring = (): Promise<void> => {
    springs += 1;
    return Promise.resolve();
  };
  proxy.setTrap({ service: 'dynamodb', operations: ['PutItem'], when: 'before', spring });

  const read = await endOf('dynamodb');

  expect([read, springs]).toEqual(['done', 0]);
});

describe('the witness', () => {
  test.each<[story: string, kind: FaultRule['kind'], emails: readonly unknown[], sms: readonly string[]]>([
    ['knows that a throttled message is not out', 'throttle', [], []],
    ['cannot know of an SMS that met an error', 'error', [], ['order-1']],
    ['cannot know of an SMS whose connection was reset', 'reset', [], ['order-1']],
    ['cannot know of either whose answer was lost', 'lostAnswer', [['order-1', 1]], ['order-1']],
  ])('%s', async (_story, kind, emails, sms) => {
    proxy.spoil(['ses', 'sns'], { kind, share: 1 });

    await endOf('ses');
    await endOf('sns');

    expect([[...witness.unansweredEmails], [...witness.unclearSms]]).toEqual([emails, sms]);
  });

  test('cannot know of an SMS that met silence', async () => {
    proxy.spoil(['ses', 'sns'], { kind: 'silence', share: 1 });

    const ends = Promise.all([endOf('ses'), endOf('sns')]);
    await untilInjected(2);
    await proxy.refuse(['ses', 'sns']);
    await ends;

    expect([[...witness.unansweredEmails], [...witness.unclearSms]]).toEqual([[], ['order-1']]);
  });

  test('knows which claims the table was to hear of and did not', async () => {
    const Key = { pk: { S: 'ORDER#order-1' }, sk: { S: 'order.placed#sms' } };
    const client = new DynamoDBClient(settingsOf('DYNAMODB'));
    proxy.spoil(['dynamodb'], { kind: 'error', share: 1 });

    await client.send(new DeleteItemCommand({ TableName: 't', Key })).catch(() => undefined);

    expect([...witness.unsettled]).toEqual(['order-1']);
  });

  test('knows of a claim what it led to, although the next delivery is refused a claim and a late owner its write', async () => {
    await claim();
    await endOf('ses');
    isConditionMet = false;
    await claim();
    await confirm();

    witness.killed();

    expect([...witness.unansweredEmails]).toEqual([['order-1', 1]]);
  });

  test('knows of a claim and of its end, although their answers were lost', async () => {
    proxy.spoil(['dynamodb'], { kind: 'lostAnswer', share: 1 });
    await claim();
    await claim('sms');
    await confirm();

    witness.killed();

    expect([[...witness.unansweredEmails], [...witness.unclearSms], [...witness.unsettled]]).toEqual([
      [],
      ['order-1'],
      [],
    ]);
  });

  test('cannot know of an e-mail whose connection was cut while its answer was on the way', async () => {
    answer = () => {
      setTimeout(() => void proxy.refuse(['ses']), 1);
      // The timer is due once the answer is written, so it comes before the proxy can read that answer.
      busy(2);
      return Promise.resolve();
    };

    const end = await endOf('ses');

    expect([end === 'done', [...witness.unansweredEmails]]).toEqual([false, [['order-1', 1]]]);
  });

  test('takes an SMS for unclear that was claimed and not settled when its provider began to refuse connections', async () => {
    witness.claimed('sms', 'claimed');
    witness.claimed('email', 'e-mail');
    witness.claimed('sms', 'settled');
    witness.settled('sms', 'settled');

    await proxy.refuse(['ses']);
    const withoutSes = [...witness.unclearSms];
    await proxy.refuse(['sns']);

    expect([withoutSes, [...witness.unclearSms], [...witness.unansweredEmails]]).toEqual([
      [],
      ['claimed'],
      [],
    ]);
  });

  test('forgets no claim that was open when a function was killed', () => {
    witness.claimed('sms', 'claimed');
    witness.claimed('email', 'claimed');
    witness.ended({ channel: 'email', orderId: 'taken', did: 'took', isAnswered: true });
    witness.ended({ channel: 'sms', orderId: 'settled', did: 'took', isAnswered: true });
    witness.settled('sms', 'settled');

    witness.killed();

    expect([[...witness.unansweredEmails], [...witness.unclearSms]]).toEqual([[['taken', 1]], ['claimed']]);
  });

  test.each([
    ['claim', 'PutItem', { Item: { pk: { S: 'ORDER#order-1' }, sk: { S: 'order.placed#sms' } } }, 'claim'],
    [
      'settled claim',
      'UpdateItem',
      { Key: { pk: { S: 'ORDER#order-1' }, sk: { S: 'order.placed#sms' } } },
      'settle',
    ],
    [
      'released claim',
      'DeleteItem',
      { Key: { pk: { S: 'ORDER#order-1' }, sk: { S: 'order.placed#sms' } } },
      'settle',
    ],
    [
      'grace of a claim',
      'UpdateItem',
      {
        Key: { pk: { S: 'ORDER#order-1' }, sk: { S: 'order.placed#sms' } },
        ExpressionAttributeValues: { ':hadGrace': { BOOL: true } },
      },
      'other',
    ],
    ['reservation', 'PutItem', { Item: { pk: { S: 'ORDER#order-1' }, sk: { S: 'RESERVATION' } } }, 'other'],
    ['question', 'GetItem', { Key: { pk: { S: 'ORDER#order-1' }, sk: { S: 'RESERVATION' } } }, 'other'],
  ])('tells a %s from other calls of DynamoDB', (_story, operation, body, kind) => {
    const headers = { 'x-amz-target': `DynamoDB_20120810.${operation}` };

    const seen = readRequest('dynamodb', headers, Buffer.from(JSON.stringify(body)));

    expect(seen).toEqual(kind === 'other' ? { kind } : { kind, channel: 'sms', orderId: 'order-1' });
  });
});
