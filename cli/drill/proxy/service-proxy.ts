import {
  Agent,
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { listenOnLoopback } from '#msk-local/lambda/listen-on-loopback.ts';
import { readRequest, type SeenRequest } from './aws-request.ts';
import { errorAnswer, throttleAnswer, type FaultAnswer } from './fault-answers.ts';
import { faultFor, type FaultKind, type FaultRule } from './fault-rule.ts';
import type { Outcome, SendWitness } from './send-witness.ts';
import type { Service } from './services.ts';
import { isAt, type Trap } from './trap.ts';

/** The number of connections, as many as the functions open. */
const MOST_SOCKETS = 256;
/** Longer than anything takes, shorter than any client waits. */
const SLOW_MS = 2_000;
const SERVER_ERRORS = [500, 503] as const;

const UNANSWERED: Outcome = { did: 'nothing', isAnswered: false };

export interface ProxySurroundings {
  /** Of the emulator. */
  readonly target: string;
  readonly witness: SendWitness;
  /** In [0, 1). */
  readonly random: () => number;
  /** The delay of a slow answer; two seconds when absent. */
  readonly slowMs?: number;
}

/** Stands before one service of the emulator. */
export class ServiceProxy {
  readonly #service: Service;
  readonly #surroundings: ProxySurroundings;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: MOST_SOCKETS });
  #server: Server;
  #port = 0;
  #rule: FaultRule | undefined;
  #trap: Trap | undefined;
  /** Requests that are not done, but for one that sprang a trap. */
  readonly #inFlight = new Set<Promise<void>>();
  /** Requests that were answered with a fault, and times that the port was closed. */
  injected = 0;

  constructor(service: Service, surroundings: ProxySurroundings) {
    this.#service = service;
    this.#surroundings = surroundings;
    this.#server = this.#createServer();
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Accepts connections; the port stays the same after the first time. */
  async listen(): Promise<void> {
    if (this.#server.listening) return;
    this.#server = this.#createServer();
    this.#port = await listenOnLoopback(this.#server, this.#port);
  }

  /** Refuses connections, and resets those that are open. */
  async refuse(): Promise<void> {
    this.injected += 1;
    await this.#end();
  }

  setRule(rule: FaultRule | undefined): void {
    this.#rule = rule;
  }

  setTrap(trap: Trap | undefined): void {
    this.#trap = trap;
  }

  async close(): Promise<void> {
    await this.#end();
    this.#agent.destroy();
  }

  async #end(): Promise<void> {
    if (!this.#server.listening) return;
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
      this.#server.closeAllConnections();
    });
  }

  #createServer(): Server {
    return createServer((incoming, response) => {
      this.#handle(incoming, response).catch(() => response.destroy());
    });
  }

  async #handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const seen = readRequest(this.#service, incoming.headers, body);
    const trap = this.#takeTrap(incoming.headers);
    const fault = trap === undefined ? faultFor(this.#rule, this.#surroundings.random) : undefined;
    if (fault !== undefined || trap !== undefined) this.injected += 1;
    if (trap?.when === 'before') {
      this.#note(seen, UNANSWERED);
      await trap.spring();
      incoming.socket.resetAndDestroy();
    } else if (trap !== undefined) {
      await this.#forward(incoming, response, { body, seen, isAnswerLost: true, done: trap.spring });
    } else await this.#counted(this.#serve(incoming, response, { body, seen, fault }));
  }

  /** Waits until what is on its way now has come to its end. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#inFlight);
  }

  async #counted(work: Promise<void>): Promise<void> {
    this.#inFlight.add(work);
    try {
      await work;
    } finally {
      this.#inFlight.delete(work);
    }
  }

  async #serve(
    incoming: IncomingMessage,
    response: ServerResponse,
    {
      body,
      seen,
      fault,
    }: { readonly body: Buffer; readonly seen: SeenRequest; readonly fault: FaultKind | undefined },
  ): Promise<void> {
    if (fault === 'slow') await delay(this.#surroundings.slowMs ?? SLOW_MS);
    if (fault === 'throttle' || fault === 'error') {
      answer(response, this.#faultAnswer(fault));
      this.#note(seen, { did: 'nothing', isAnswered: fault === 'throttle' });
    } else if (fault === 'reset') {
      incoming.socket.resetAndDestroy();
      this.#note(seen, UNANSWERED);
    } else if (fault === 'silence') {
      this.#note(seen, UNANSWERED);
    } else await this.#forward(incoming, response, { body, seen, isAnswerLost: fault === 'lostAnswer' });
  }

  /** A trap springs once: whoever comes at the same time is let through. */
  #takeTrap(headers: IncomingHttpHeaders): Trap | undefined {
    const trap = this.#trap;
    if (trap === undefined || !isAt(trap, this.#service, headers)) return undefined;
    this.#trap = undefined;
    return trap;
  }

  #faultAnswer(fault: Extract<FaultKind, 'throttle' | 'error'>): FaultAnswer {
    if (fault === 'throttle') return throttleAnswer(this.#service);
    const status = SERVER_ERRORS[Math.floor(this.#surroundings.random() * SERVER_ERRORS.length)] ?? 500;
    return errorAnswer(this.#service, status);
  }

  async #forward(
    { method, url, headers, socket }: IncomingMessage,
    response: ServerResponse,
    {
      body,
      seen,
      isAnswerLost,
      done,
    }: {
      readonly body: Buffer;
      readonly seen: SeenRequest;
      readonly isAnswerLost: boolean;
      readonly done?: () => Promise<void>;
    },
  ): Promise<void> {
    const address = new URL(url ?? '/', this.#surroundings.target);
    const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = request(address, { method, headers, agent: this.#agent }, resolve);
      outgoing.once('error', reject);
      outgoing.end(body);
    });
    const content = await buffer(incoming);
    const status = incoming.statusCode ?? 502;
    const did = didOf(status);
    // The socket knows at once that it was cut, the response only one turn of the event loop later.
    this.#note(seen, { did, isAnswered: !isAnswerLost && !socket.destroyed && did !== 'nothing' });
    await done?.();
    if (isAnswerLost) {
      socket.resetAndDestroy();
    } else {
      response.writeHead(status, incoming.headers);
      response.end(content);
    }
  }

  /** A write that is refused changes no claim: it met one of somebody else, or its own that was written before. */
  #note(seen: SeenRequest, outcome: Outcome): void {
    const { witness } = this.#surroundings;
    const { did } = outcome;
    if (seen.kind === 'send') witness.ended({ ...seen, ...outcome });
    else if (seen.kind === 'claim' && did === 'took') witness.claimed(seen.channel, seen.orderId);
    else if (seen.kind === 'settle' && did === 'took') witness.settled(seen.channel, seen.orderId);
    else if (seen.kind === 'settle' && did === 'nothing') witness.notSettled(seen.orderId);
  }
}

function didOf(status: number): Outcome['did'] {
  if (status < 300) return 'took';
  return status < 500 ? 'refused' : 'nothing';
}

function answer(response: ServerResponse, { status, headers, body }: FaultAnswer): void {
  response.writeHead(status, headers);
  response.end(body);
}
