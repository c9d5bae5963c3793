import { enableSuggestions } from '../client/suggest.ts';

const form = document.querySelector<HTMLElement>('#new-appointment-form');
if (form) {
  document.documentElement.classList.add('with-script');
  enableSuggestions(form);
}
