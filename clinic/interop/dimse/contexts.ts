import { READ_SYNTAXES } from '@rectus/sonography';
import type { association } from 'dcmjs-dimse';
import { constants } from './library.ts';

type PresentationContext = association.PresentationContext;

/**
 * What machines may send: pictures and clips of ultrasound, and the secondary captures that older machines send
 * instead. The retired classes are still sent. Source: DICOM PS3.4 annex B.5 and its table of retired classes.
 */
const STORED_CLASSES: ReadonlySet<string> = new Set([
  '1.2.840.10008.5.1.4.1.1.6',
  '1.2.840.10008.5.1.4.1.1.6.1',
  '1.2.840.10008.5.1.4.1.1.3',
  '1.2.840.10008.5.1.4.1.1.3.1',
  '1.2.840.10008.5.1.4.1.1.7',
  '1.2.840.10008.5.1.4.1.1.7.1',
  '1.2.840.10008.5.1.4.1.1.7.2',
  '1.2.840.10008.5.1.4.1.1.7.3',
  '1.2.840.10008.5.1.4.1.1.7.4',
]);

const VERIFICATION = '1.2.840.10008.1.1';
const WORKLIST = '1.2.840.10008.5.1.4.31';

export const IMPLICIT = '1.2.840.10008.1.2';
const EXPLICIT = '1.2.840.10008.1.2.1';

/**
 * In which syntaxes we speak about something. Questions come in the one that everybody offers, so that answers can be
 * laid out before it is known to which of several contexts they belong; an echo has no data set at all.
 */
function syntaxesFor(about: string): readonly string[] {
  if (STORED_CLASSES.has(about)) return READ_SYNTAXES;
  if (about === WORKLIST) return [IMPLICIT];
  return about === VERIFICATION ? [EXPLICIT, IMPLICIT] : [];
}

/** The first that the sender names and we read; what everybody must offer only where nothing else is. */
function chosenSyntax(offered: readonly string[], readable: readonly string[]): string | undefined {
  const common = offered.filter((uid) => readable.includes(uid));
  return common.find((uid) => uid !== IMPLICIT) ?? common[0];
}

/**
 * Accepts or refuses each of what a machine proposes to talk about. Of several ways to ask the worklist the first that
 * we understand is taken: the library could not tell in which of them a question came.
 */
export function negotiate(proposed: readonly { readonly context: PresentationContext }[]): void {
  const { Accept, RejectNoReason, RejectAbstractSyntaxNotSupported, RejectTransferSyntaxesNotSupported } =
    constants.PresentationContextResult;
  let asksWorklist = false;
  for (const { context } of proposed) {
    const about = context.getAbstractSyntaxUid();
    const known = syntaxesFor(about);
    const syntax = chosenSyntax(context.getTransferSyntaxUids(), known);
    if (known.length === 0) context.setResult(RejectAbstractSyntaxNotSupported);
    else if (!syntax) context.setResult(RejectTransferSyntaxesNotSupported);
    else if (about === WORKLIST && asksWorklist) context.setResult(RejectNoReason);
    else context.setResult(Accept, syntax);
    asksWorklist ||= about === WORKLIST && syntax !== undefined;
    // A machine may offer to be asked as well; we never ask.
    if (context.getProviderRole()) context.setProviderRole(false);
  }
}
