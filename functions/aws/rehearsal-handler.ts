import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import withMiddleware from '@middy/core';
import type { KafkaEvent } from '../kafka/kafka-event.ts';
import type { RehearsalAnswer } from '../kafka/rehearsal.ts';
import { rehearseBatch, type Rehearsal } from '../kafka/rehearse-batch.ts';
import type { ReceivedEvent } from '../kernel/order-event.ts';
import { parseOnDemand } from '../kernel/parse-on-demand.ts';
import { runPolicyOf, type ConsumerEnvironment } from './environment.ts';
import { duringInvocation } from './invocation.ts';

/** As {@link Rehearsal}, with ports that live for one invocation: what they have seen must not outlive it. */
interface RehearsedConsumer {
  readonly environment: ConsumerEnvironment;
  readonly newProcess: () => Rehearsal<ReceivedEvent>['process'];
}

/**
 * The second entry of a consumer's bundle, which is deployed as a function of its own with a role that reads. It
 * takes the mapping's events and returns the expected outcomes of their records. It has no effects and parks nothing.
 */
export function rehearsalHandler({ environment, newProcess }: RehearsedConsumer) {
  const rehearse = (
    event: KafkaEvent,
    context: { getRemainingTimeInMillis: () => number },
  ): Promise<RehearsalAnswer> => {
    const deadline = { remainingMs: () => context.getRemainingTimeInMillis() };
    return duringInvocation(deadline, () =>
      rehearseBatch(
        event,
        {
          parse: ({ value, timestamp }) =>
            parseOnDemand(value, { currency: environment.CURRENCY, timestamp }),
          process: newProcess(),
          policy: runPolicyOf(environment),
        },
        deadline,
      ),
    );
  };
  return withMiddleware<KafkaEvent, RehearsalAnswer>(rehearse, { timeoutEarlyInMillis: 0 }).use(
    injectLambdaContext(new Logger()),
  );
}
