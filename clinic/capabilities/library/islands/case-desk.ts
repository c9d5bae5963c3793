import { connectBlackAreas } from '../cases/client/black-areas.ts';
import { keepWords } from '../cases/client/keep-words.ts';

for (const part of document.querySelectorAll<HTMLElement>('[data-black]')) connectBlackAreas(part);
const words = document.querySelector<HTMLFormElement>('form[data-case-words]');
if (words) keepWords(words);
