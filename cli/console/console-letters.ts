import type { LetterActions } from '../../console/failures/actions.ts';
import type { LetterChoice } from '../../console/failures/letter-choice.ts';
import type { LetterSources } from '../../console/ports.ts';
import { readJournal } from '../../functions/redrive/operations/journal.ts';
import { listLetters } from '../../functions/redrive/operations/list.ts';
import type { RedriveRequest } from '../../functions/redrive/operations/redrive.ts';
import { rehearseLetters } from '../../functions/redrive/operations/rehearse.ts';
import { showLetter } from '../../functions/redrive/operations/show.ts';
import { topology } from '../../lib/topology/topology.ts';
import type { Target } from '../connection/target.ts';
import { redriveText } from '../dead-letters/redrive-text.ts';
import { redriveToEnd } from '../dead-letters/redrive-to-end.ts';
import { rehearsalText } from '../dead-letters/rehearsal-text.ts';
import { runOperation } from '../operations/run-operation.ts';
import { whoAmI } from '../operations/who.ts';
import { readDeadLetterDepths } from '../status/dead-letter-depths.ts';

/** The dead letters as the console reads them: by the operations of `orders dlq`. */
export function consoleLetters(target: Target): LetterSources {
  return {
    consumers: topology.consumers.map(({ name, consumerGroupId }) => ({
      consumer: name,
      groupId: consumerGroupId,
    })),
    depths: () => readDeadLetterDepths(target),
    list: (consumer) => runOperation(target, listLetters, { operation: 'list', consumer }),
    show: (consumer, id) =>
      runOperation(target, showLetter, { operation: 'show', consumer, id, contact: false }),
    journal: (consumer, most) => runOperation(target, readJournal, { operation: 'journal', consumer, most }),
  };
}

/** What the console does with dead letters: what `orders redrive` does, with its words. */
export function consoleLetterActions(target: Target): LetterActions {
  return {
    rehearse: async (consumer, choice, tell) => {
      const request = { operation: 'rehearse', consumer, ...wishOf(choice) } as const;
      return { text: rehearsalText(await runOperation(target, rehearseLetters, request, tell)) };
    },
    redrive: async (consumer, choice, tell) => {
      const { perSecond } = choice;
      const request: RedriveRequest = {
        operation: 'redrive',
        consumer,
        by: await whoAmI(target),
        words: `${wordsOf(choice)}, by the console`,
        ...wishOf(choice),
        ...(perSecond === undefined ? {} : { perSecond }),
      };
      return { text: redriveText(consumer, await redriveToEnd(target, request, tell)) };
    },
  };
}

function wishOf({
  reason,
  order,
  first,
  force,
}: LetterChoice): Pick<RedriveRequest, 'selection' | 'force' | 'pastHeld'> {
  return {
    selection: {
      ...(reason === undefined ? {} : { reasons: [reason] }),
      ...(order === undefined ? {} : { orders: [order] }),
      ...(first === undefined ? {} : { first }),
    },
    force,
    pastHeld: false,
  };
}

/** The choice in words, for the journal. */
function wordsOf({ reason, order, first, perSecond, force }: LetterChoice): string {
  const words = [
    ...(reason === undefined ? [] : [`reason ${reason}`]),
    ...(order === undefined ? [] : [`order ${order}`]),
    ...(first === undefined ? [] : [`first ${first}`]),
    ...(perSecond === undefined ? [] : [`rate ${perSecond}`]),
    ...(force ? ['force'] : []),
  ];
  return words.length === 0 ? 'everything' : words.join(', ');
}
