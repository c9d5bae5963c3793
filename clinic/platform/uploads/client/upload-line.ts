/** How one file is doing, for eyes and screen readers. */
export interface UploadLine {
  readonly element: HTMLLIElement;
  progress(received: number): void;
  done(): void;
  /** Here, and of no use. */
  refused(reason: string): void;
  /** Not here. */
  broken(reason: string): void;
}

export function createLine(file: File): UploadLine {
  const element = document.createElement('li');
  const words = document.createElement('span');
  const bar = document.createElement('progress');
  bar.max = Math.max(1, file.size);
  bar.value = 0;
  bar.setAttribute('aria-label', file.name);
  words.textContent = `${file.name}: waiting`;
  element.append(words, bar);
  const end = (text: string) => {
    words.textContent = `${file.name}: ${text}`;
    bar.remove();
  };
  return {
    element,
    progress(received) {
      bar.value = received;
      words.textContent = `${file.name}: ${Math.floor((100 * received) / bar.max)} %`;
    },
    done: () => end('here'),
    refused: (reason) => end(`cannot be used. ${reason}`),
    broken(reason) {
      element.dataset.broken = '';
      end(reason);
    },
  };
}
