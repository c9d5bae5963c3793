import { connectUploads } from '../../../platform/uploads/client/connect-uploads.ts';
import { connectProgress, isTyping } from '../sessions/client/progress.ts';

/** Files go in pieces, and a page of a running session keeps itself fresh. */
connectUploads(() => !isTyping());
connectProgress();
