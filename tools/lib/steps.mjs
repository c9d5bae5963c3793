/** Tells people what is being done, how far it is and how long it took. */
export class Steps {
  #total;
  #done = 0;
  #write;

  /** @param total how many steps there will be; `write` takes each line (standard output unless told otherwise) */
  constructor(total, write = (text) => process.stdout.write(text)) {
    this.#total = total;
    this.#write = write;
  }

  /** Runs one step. `work` gets a function for lines about its progress; its result is passed on. */
  async run(title, work) {
    this.#done += 1;
    const label = `[${this.#done}/${this.#total}] ${title}`;
    const startedAt = performance.now();
    const elapsed = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
    this.#write(`${label} …\n`);
    try {
      const result = await work((line) => this.#write(`      ${line} (${elapsed()})\n`));
      this.#write(`${label}: done in ${elapsed()}\n`);
      return result;
    } catch (error) {
      this.#write(`${label}: FAILED after ${elapsed()}\n`);
      throw error;
    }
  }

  /** Counts a step that had nothing to do. */
  skip(title, why) {
    this.#done += 1;
    this.#write(`[${this.#done}/${this.#total}] ${title}: ${why}\n`);
  }
}
