import { READ_SYNTAXES } from '@rectus/sonography';
import type { association } from 'dcmjs-dimse';
import { constants } from './library.ts';

type PresentationContext = association.PresentationContext;

/**
 * What machines may send: pictures and clips of ultrasound, and the secondary captures that older machines send
 * instead. The retired classes are still sent. Source: DICOM PS3.4 annex B.5 and its table of retired classes.
 */
export const STORED_CLASSES: ReadonlySet<string> = new Set([
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

export const VERIFICATION = '1.2.840.10008.1.1';
export const WORKLIST = '1.2.840.10008.5.1.4.31';

const IMPLICIT = '1.2.840.10008.1.2';
const EXPLICIT = '1.2.840.10008.1.2.1';
/** Commands and questions are small: these two are enough, and every machine speaks the first. */
const PLAIN_SYNTAXES: readonly string[] = [EXPLICIT, IMPLICIT];

/** The first that the sender names and we read; what everybody must offer only where nothing else is. */
function chosenSyntax(offered: readonly string[], readable: readonly string[]): string | undefined {
  const common = offered.filter((uid) => readable.includes(uid));
  return common.find((uid) => uid !== IMPLICIT) ?? common[0];
}

/** Accepts or refuses each of what a machine proposes to talk about. */
export function negotiate(proposed: readonly { readonly context: PresentationContext }[]): void {
  const { Accept, RejectAbstractSyntaxNotSupported, RejectTransferSyntaxesNotSupported } =
    constants.PresentationContextResult;
  for (const { context } of proposed) {
    const about = context.getAbstractSyntaxUid();
    const stored = STORED_CLASSES.has(about);
    if (!stored && about !== VERIFICATION && about !== WORKLIST) {
      context.setResult(RejectAbstractSyntaxNotSupported);
      continue;
    }
    const readable = stored ? READ_SYNTAXES : PLAIN_SYNTAXES;
    const syntax = chosenSyntax(context.getTransferSyntaxUids(), readable);
    if (syntax) context.setResult(Accept, syntax);
    else context.setResult(RejectTransferSyntaxesNotSupported);
    // A machine may offer to be asked as well; we never ask.
    if (context.getProviderRole()) context.setProviderRole(false);
  }
}
