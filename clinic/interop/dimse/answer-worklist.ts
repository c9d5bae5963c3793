import { setImmediate as nextTurn } from 'node:timers/promises';
import type { requests, responses } from 'dcmjs-dimse';
import type { Caller } from './admit.ts';
import { IMPLICIT } from './contexts.ts';
import { responses as answers, constants, Dataset } from './library.ts';
import { readWorklist } from './worklist.ts';
import { worklistItem } from './worklist-item.ts';
import { QuestionError, readWorklistQuestion } from './worklist-question.ts';

/** How a question ends. Source: DICOM PS3.4 table K.4-1. */
const ENDINGS = {
  complete: 0x0000,
  cancelled: 0xfe00,
  outOfResources: 0xa700,
  doesNotMatch: 0xa900,
  failed: 0xc000,
} as const;
const PENDING = 0xff00;

interface Conversation {
  /** Epoch milliseconds. */
  readonly now: number;
  send(response: responses.CFindResponse): void;
  /** Whether the machine has cancelled its question, or gone. */
  stopped(): boolean;
  say(line: string): void;
}

/** Answers a question to the worklist: one examination after the other, then how it ended. */
export async function answerWorklist(
  caller: Caller,
  request: requests.CFindRequest,
  conversation: Conversation,
): Promise<void> {
  const answer = (status: number, item?: Record<string, unknown>, comment?: string) => {
    const response = answers.CFindResponse.fromRequest(request);
    response.setStatus(status);
    if (item) response.setDataset(new Dataset(item, IMPLICIT));
    if (comment) response.setErrorComment(comment);
    conversation.send(response);
  };
  const worklist = await questionOf(request, caller, conversation);
  if (typeof worklist === 'number') return answer(worklist, undefined, 'The question cannot be answered');
  const { exams, timeZone, more } = worklist;
  for (const exam of exams) {
    // Lets a cancel through, which may come at any time.
    await nextTurn();
    if (conversation.stopped()) return answer(ENDINGS.cancelled);
    answer(PENDING, worklistItem(exam, { station: caller.machine.aeTitle ?? '', timeZone }));
  }
  if (more) return answer(ENDINGS.outOfResources, undefined, 'There are more: ask for fewer days');
  answer(ENDINGS.complete);
}

async function questionOf(request: requests.CFindRequest, caller: Caller, { now, say }: Conversation) {
  if (request.getAffectedSopClassUid() !== constants.SopClass.ModalityWorklistInformationModelFind)
    return ENDINGS.doesNotMatch;
  try {
    const question = readWorklistQuestion(request.getDataset()?.getElements() ?? {});
    return await readWorklist(caller, question, now);
  } catch (error) {
    if (error instanceof QuestionError) return ENDINGS.doesNotMatch;
    say(`DIMSE: the worklist cannot be read: ${(error as Error).message}`);
    return ENDINGS.failed;
  }
}
