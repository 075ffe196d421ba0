import * as z from 'zod';
import type { JournalView, LetterListView, LetterQueueView, ShownLetterView } from '../model/failures.ts';
import type { LetterSources } from '../ports.ts';
import type { Permit } from '../server/permit.ts';
import type { LetterActions } from './actions.ts';
import { letterChoice } from './letter-choice.ts';

/** What was asked of the dead letters cannot be done; the message says what is allowed. */
export class FailuresError extends Error {
  override readonly name = 'FailuresError';
}

/** The newest entries of a journal that the page shows, and that a trace looks into. */
const JOURNAL_ENTRIES = 50;
/** A redrive from elsewhere may leave as many messages as there were: what is remembered gets old. */
const REMEMBERED_MS = 5_000;

export interface FailuresDeps {
  readonly sources: LetterSources;
  readonly actions: LetterActions;
  /** Is called when there is something new to show. */
  readonly changed: () => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** What is remembered of a consumer's queue until something changes there. */
interface Answers {
  readonly list: Promise<LetterListView>;
  readonly journal: Promise<JournalView>;
}

type Remembered = { readonly [K in keyof Answers]?: { readonly at: number; readonly answer: Answers[K] } };

/** Work in progress. */
interface Working {
  readonly progress: string;
  /** Resolves when it is over, however it ended. */
  readonly over: Promise<unknown>;
}

/**
 * The dead letters of all consumers. Looking into a queue hides its messages from others for a moment, so a queue is looked
 * into when its depth has changed, and the answer is for all viewers. While a queue is worked on, nobody looks into it: SQS lets
 * only who received a message last delete it.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html
 */
export class Failures {
  readonly #deps: FailuresDeps;
  readonly #depths = new Map<string, number>();
  readonly #atWork = new Map<string, Working>();
  readonly #lastLists = new Map<string, LetterListView>();
  /** Looks into a queue that are under way. */
  readonly #looks = new Map<string, Set<Promise<unknown>>>();
  readonly #remembered = new Map<string, Remembered>();

  constructor(deps: FailuresDeps) {
    this.#deps = deps;
  }

  /** The queues of all consumers. */
  queues(): readonly LetterQueueView[] {
    return this.#deps.sources.consumers.map(({ consumer, groupId }) => {
      const [depth, atWork] = [this.#depths.get(consumer), this.#atWork.get(consumer)?.progress];
      return {
        consumer,
        groupId,
        ...(depth === undefined ? {} : { depth }),
        ...(atWork === undefined ? {} : { atWork }),
      };
    });
  }

  /** Counts the messages of all queues. @throws the client's error when they cannot be asked. */
  async count(): Promise<void> {
    const before = new Map(this.#depths);
    for (const [consumer, depth] of Object.entries(await this.#deps.sources.depths())) {
      this.#depths.set(consumer, depth);
      if (before.get(consumer) !== depth) this.#forget(consumer);
    }
    if ([...this.#depths].some(([consumer, depth]) => before.get(consumer) !== depth)) this.#deps.changed();
  }

  /** @throws {FailuresError} when there is no such consumer. */
  async list(consumer: string): Promise<LetterListView> {
    const last = this.#lastLists.get(consumer);
    if (this.#atWork.has(consumer) && last !== undefined) return last;
    if (this.#atWork.has(consumer)) await this.#untilDone(consumer);
    if (this.#depths.get(consumer) === 0) return emptyList(consumer);
    return await this.#remember(consumer, 'list', () => this.#look(consumer));
  }

  /** @throws {FailuresError} when there is no such consumer. */
  async journal(consumer: string): Promise<JournalView> {
    return await this.#remember(consumer, 'journal', () =>
      this.#deps.sources.journal(consumer, JOURNAL_ENTRIES),
    );
  }

  /** Shows one letter with its record, masked. @throws {FailuresError} when there is no such consumer. */
  async show(consumer: string, id: string): Promise<ShownLetterView> {
    this.#require(consumer);
    if (this.#atWork.has(consumer)) await this.#untilDone(consumer);
    return await this.#looking(consumer, this.#deps.sources.show(consumer, id));
  }

  /** @throws {FailuresError} when a value is not allowed, or other work is under way. */
  async work(
    _permit: Permit,
    kind: keyof LetterActions,
    { consumer, choice }: { readonly consumer: string; readonly choice: unknown },
  ): ReturnType<LetterActions['redrive']> {
    this.#require(consumer);
    const parsed = letterChoice.safeParse(choice);
    if (!parsed.success) throw new FailuresError(z.prettifyError(parsed.error));
    if (this.#atWork.has(consumer))
      throw new FailuresError(`There is work under way on ${consumer}. Wait until it is done.`);
    const over = Promise.withResolvers<undefined>();
    const tell = (progress: string): void => {
      this.#atWork.set(consumer, { progress, over: over.promise });
      this.#deps.changed();
    };
    tell(kind === 'rehearse' ? 'rehearsing' : 'redriving');
    try {
      const looks = this.#looks.get(consumer);
      if (looks !== undefined) await Promise.allSettled(looks);
      return await this.#deps.actions[kind](consumer, parsed.data, tell);
    } finally {
      this.#atWork.delete(consumer);
      over.resolve(undefined);
      // A redrive that failed may have done a part.
      this.#forget(consumer);
      this.#deps.changed();
    }
  }

  async #look(consumer: string): Promise<LetterListView> {
    const list = await this.#looking(consumer, this.#deps.sources.list(consumer));
    this.#lastLists.set(consumer, list);
    return list;
  }

  async #untilDone(consumer: string): Promise<void> {
    for (;;) {
      const working = this.#atWork.get(consumer);
      if (working === undefined) return;
      await working.over;
    }
  }

  /** Keeps a look in mind until it is over: work on the queue waits for it. */
  async #looking<T>(consumer: string, look: Promise<T>): Promise<T> {
    const looks = this.#looks.get(consumer) ?? new Set();
    this.#looks.set(consumer, looks.add(look));
    try {
      return await look;
    } finally {
      looks.delete(look);
    }
  }

  /** Answers each question once until something changes or a while is over; a failure is no answer. */
  #remember<K extends keyof Answers>(consumer: string, what: K, read: () => Answers[K]): Answers[K] {
    this.#require(consumer);
    const at = this.#deps.now();
    const remembered: Remembered = this.#remembered.get(consumer) ?? {};
    const known = remembered[what];
    if (known !== undefined && at - known.at < REMEMBERED_MS) return known.answer;
    const answer = read();
    this.#remembered.set(consumer, { ...remembered, [what]: { at, answer } });
    answer.catch(() => {
      this.#forget(consumer);
    });
    return answer;
  }

  #forget(consumer: string): void {
    this.#remembered.delete(consumer);
  }

  #require(consumer: string): void {
    const names = this.#deps.sources.consumers.map((one) => one.consumer);
    if (!names.includes(consumer)) {
      throw new FailuresError(`There is no consumer of that name. There are: ${names.join(', ')}.`);
    }
  }
}

/** A look takes seconds, and there is nothing to be seen. */
const emptyList = (consumer: string): LetterListView => ({
  consumer,
  rows: [],
  moreRows: 0,
  messages: 0,
  withOthers: 0,
});
