export { acceptForms } from './accept-forms.ts';
export { DropForm } from './drop-form.tsx';
export { filesOfForm, plainName } from './files-of-form.ts';
export { sentWords } from './sent-words.ts';
export { readUpload } from './upload.ts';
export type { UploadKind, WholeFile } from './upload-kind.ts';
export { uploadRoutes } from './upload-routes.ts';
