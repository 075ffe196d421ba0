import { describeFailure, isPassing } from './broker-answers.ts';
import type { GroupConsumerEvents } from './group-consumer.ts';

/** Reports lost and recovered brokers: each failure, and its end once. */
export class ConsumerHealth {
  readonly #events: Pick<GroupConsumerEvents, 'failed' | 'recovered'>;
  #isFailing = false;

  constructor(events: Pick<GroupConsumerEvents, 'failed' | 'recovered'>) {
    this.#events = events;
  }

  failed(error: Error): void {
    if (isPassing(error)) return;
    this.#isFailing = true;
    this.#events.failed(new Error(describeFailure(error), { cause: error }));
  }

  worked(): void {
    if (!this.#isFailing) return;
    this.#isFailing = false;
    this.#events.recovered();
  }
}
