import { createLine, type UploadLine } from './upload-line.ts';

interface Answer {
  readonly id: string;
  readonly status: 'uploading' | 'ready' | 'refused' | 'deleted';
  readonly received: number;
  readonly reason: string | null;
}

/** Something that trying once more cannot mend. */
class Refused extends Error {}

const TRIES = 6;

/**
 * Sends files one after the other. All are announced first, so that the server knows what is still to come. Each shows how
 * far it is, and why, where it is not taken.
 */
export async function sendFiles(form: HTMLFormElement, files: readonly File[]): Promise<void> {
  const list = form.querySelector('.uploads');
  const announced: { readonly file: File; readonly line: UploadLine; readonly answer: Answer }[] = [];
  for (const file of files) {
    const line = createLine(file);
    list?.append(line.element);
    try {
      announced.push({ file, line, answer: await announce(form, file) });
    } catch (error) {
      line.broken(wordsOf(error));
    }
  }
  for (const { file, line, answer } of announced) {
    try {
      const last = await sendPieces(form, file, answer, (received) => line.progress(received));
      if (last.status === 'refused') line.refused(last.reason ?? 'It cannot be used.');
      else line.done();
    } catch (error) {
      line.broken(wordsOf(error));
    }
  }
}

async function announce(form: HTMLFormElement, file: File): Promise<Answer> {
  if (file.size > Number(form.dataset.largest)) throw new Refused('It is larger than what is taken here.');
  const body = new URLSearchParams({
    name: file.name,
    size: String(file.size),
    sha256: await hashOf(file),
  });
  return persist(async () => read(await fetch(form.dataset.upload ?? '', { method: 'POST', body })));
}

/** From the byte that the server wants next to the end. */
async function sendPieces(
  form: HTMLFormElement,
  file: File,
  begun: Answer,
  shown: (received: number) => void,
): Promise<Answer> {
  const address = `${form.dataset.upload}/${begun.id}`;
  const piece = Number(form.dataset.piece);
  let answer = begun;
  shown(answer.received);
  while (answer.status === 'uploading') {
    const from = answer.received;
    answer = await persist(async () => {
      const sent = await fetch(address, {
        method: 'PATCH',
        headers: { 'content-type': 'application/octet-stream', 'upload-offset': String(from) },
        body: file.slice(from, from + piece),
      });
      // The server has another byte in mind, such as after a break: it says which.
      return sent.status === 409 ? read(await fetch(address)) : read(sent);
    });
    shown(answer.received);
  }
  return answer;
}

/** Connections break. Waits a little longer each time before it tries again. */
async function persist(work: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Refused || attempt >= TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** attempt));
    }
  }
}

async function read(answer: Response): Promise<Answer> {
  if (answer.ok) return (await answer.json()) as Answer;
  if (answer.status >= 500 || answer.status === 429) throw new Error('The clinic’s server is busy.');
  const told = (await answer.json().catch(() => ({}))) as { error?: string };
  throw new Refused(told.error ?? 'You may be signed out. Open this page again and sign in.');
}

/** Hexadecimal; empty where the browser computes none, which it does only over an encrypted connection. */
async function hashOf(file: File): Promise<string> {
  if (!globalThis.crypto?.subtle) return '';
  const hash = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function wordsOf(error: unknown): string {
  return error instanceof Refused
    ? error.message
    : 'The connection broke. Pick the file again, and it goes on from where it was.';
}
