import * as z from 'zod/mini';
import { describeIssues } from '../../kernel/describe-issues.ts';
import type { OperationPorts } from '../ports.ts';
import { fixRecord } from './fix.ts';
import { moveOffsets } from './move-offsets.ts';
import { planOffsets } from './plan-offsets.ts';
import { planReplay } from './plan-replay.ts';
import { replayRecords } from './replay.ts';
import { readJournal } from './journal.ts';
import { listLetters } from './list.ts';
import { redriveLetters } from './redrive.ts';
import { rehearseLetters } from './rehearse.ts';
import { showLetter } from './show.ts';
import { OperationRefused } from './operation.ts';

/** The operations of the function, by the `operation` of the request. */
const requests = z.discriminatedUnion('operation', [
  listLetters.request,
  showLetter.request,
  rehearseLetters.request,
  redriveLetters.request,
  readJournal.request,
  fixRecord.request,
  planOffsets.request,
  moveOffsets.request,
  planReplay.request,
  replayRecords.request,
]);

export type OperationRequest = z.infer<typeof requests>;

/**
 * Runs the operation that a request names.
 *
 * @throws {OperationRefused} when the request is not valid, or cannot be served.
 */
export function runRequest(ports: OperationPorts, payload: unknown): Promise<unknown> {
  const request = requests.safeParse(payload);
  if (!request.success)
    throw new OperationRefused(`The request is not valid: ${describeIssues(request.error)}.`);
  return run(ports, request.data);
}

function run(ports: OperationPorts, request: OperationRequest): Promise<unknown> {
  switch (request.operation) {
    case 'list':
      return listLetters.run(ports, request);
    case 'show':
      return showLetter.run(ports, request);
    case 'rehearse':
      return rehearseLetters.run(ports, request);
    case 'fix':
      return fixRecord.run(ports, request);
    case 'journal':
      return readJournal.run(ports, request);
    case 'planOffsets':
      return planOffsets.run(ports, request);
    case 'moveOffsets':
      return moveOffsets.run(ports, request);
    case 'planReplay':
      return planReplay.run(ports, request);
    case 'replay':
      return replayRecords.run(ports, request);
    case 'redrive':
      return redriveLetters.run(ports, request);
  }
}
