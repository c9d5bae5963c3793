import { connectUploads } from '../../../platform/uploads/client/connect-uploads.ts';

/** Clips go in pieces; a page with something typed is not opened anew over it. */
connectUploads(() => !isTyping());

function isTyping(): boolean {
  const typed = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    'main input:not([type=file]):not([type=hidden]), main textarea',
  );
  const isChanged = (one: HTMLInputElement | HTMLTextAreaElement) =>
    one.value !== one.defaultValue || (one instanceof HTMLInputElement && one.checked !== one.defaultChecked);
  const chosen = [...document.querySelectorAll<HTMLOptionElement>('main option')];
  return (
    [...typed].some(isChanged) ||
    chosen.some((one) => one.selected !== one.defaultSelected && one.closest('select')?.selectedIndex !== 0)
  );
}
