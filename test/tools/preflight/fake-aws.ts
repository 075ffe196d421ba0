import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** An answer to one call, or none at all for a call that hangs. */
export type Answer = { readonly status: number; readonly body: string } | 'no answer';

/** Answers by the name of the call, such as `ListClusters`. */
export type Answers = Readonly<Record<string, Answer>>;

export const json = (body: object): Answer => ({ status: 200, body: JSON.stringify(body) });
export const xml = (call: string, inner: string): Answer => ({
  status: 200,
  body: `<${call}Response><${call}Result>${inner}</${call}Result></${call}Response>`,
});
/** EC2 puts nothing around what it answers. */
export const ec2 = (call: string, inner: string): Answer => ({
  status: 200,
  body: `<${call}Response>${inner}</${call}Response>`,
});
export const jsonError = (name: string, message = 'refused'): Answer => ({
  status: 400,
  body: JSON.stringify({ __type: name, message }),
});
export const xmlError = (name: string, message = 'refused'): Answer => ({
  status: 400,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${name}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});
export const ec2Error = (name: string): Answer => ({
  status: 403,
  body: `<Response><Errors><Error><Code>${name}</Code><Message>refused</Message></Error></Errors></Response>`,
});

/** The calls of REST services, by method and path. */
const PATHS: readonly (readonly [RegExp, string])[] = [
  [/^\/2016-08-19\/account-settings/, 'GetAccountSettings'],
  [/^\/2015-03-31\/event-source-mappings/, 'ListEventSourceMappings'],
  [/^\/v2\/email\/account/, 'GetAccount'],
  [/^\/v2\/email\/identities\//, 'GetEmailIdentity'],
  [/^\/v1\/configurations/, 'ListConfigurations'],
  [/^\/v1\/clusters\/[^/?]+\/topics\//, 'DescribeTopic'],
  [/^\/v1\/clusters\/[^/?]+/, 'DescribeCluster'],
  [/^\/v1\/clusters/, 'ListClusters'],
];

export interface FakeAws {
  readonly endpoint: string;
  /** The calls that were made, in their order. */
  readonly calls: readonly string[];
  readonly close: () => Promise<void>;
}

/** An HTTP server on loopback that speaks the calls it has answers for; any other is an error of that name. */
export async function startFakeAws(answers: Answers): Promise<FakeAws> {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    void answerTo(request, response);
  }).listen(0, '127.0.0.1');
  const answerTo = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await callOf(request);
    calls.push(call);
    const answer = answers[call] ?? jsonError('UnknownOperationException', call);
    if (answer !== 'no answer') response.writeHead(answer.status).end(answer.body);
  };
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    calls,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function callOf(request: IncomingMessage): Promise<string> {
  const target = request.headers['x-amz-target'];
  const form = new URLSearchParams(await text(request));
  const [, ofPath] = PATHS.find(([path]) => path.test(request.url ?? '')) ?? [];
  return (
    (typeof target === 'string' ? target.split('.')[1] : undefined) ?? ofPath ?? form.get('Action') ?? ''
  );
}
