import { keepDraft } from '../report/client/keep-draft.ts';

const form = document.querySelector<HTMLFormElement>('form[data-keep-draft]');
const status = document.querySelector<HTMLElement>('[data-draft-status]');
if (form && status) keepDraft(form, status);
