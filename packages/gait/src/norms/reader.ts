import { NormError } from './package.ts';

/** A place in a JSON value: reads what stands there as what it should be, or throws a NormError that names the place. */
export class Reader {
  readonly value: unknown;
  readonly path: string;

  constructor(value: unknown, path = '') {
    this.value = value;
    this.path = path;
  }

  /** A field of an object. @throws NormError `missing` or `wrong-type` */
  field(name: string): Reader {
    const fields = this.fields();
    const path = this.path === '' ? name : `${this.path}.${name}`;
    if (!Object.hasOwn(fields, name)) throw new NormError('missing', path, 'this field is missing.');
    return new Reader(fields[name], path);
  }

  /** All fields of an object. */
  entries(): [string, Reader][] {
    return Object.entries(this.fields()).map(([name, value]) => [
      name,
      new Reader(value, this.path === '' ? name : `${this.path}.${name}`),
    ]);
  }

  items(): Reader[] {
    if (!Array.isArray(this.value)) throw this.wrong('a list');
    return this.value.map((value, index) => new Reader(value, `${this.path}[${index}]`));
  }

  text(): string {
    if (typeof this.value !== 'string') throw this.wrong('a text');
    return this.value;
  }

  /** A text that says something. */
  words(): string {
    const text = this.text().trim();
    if (text === '') throw new NormError('empty', this.path, 'this text must not be empty.');
    return text;
  }

  oneOf<T extends string>(choices: readonly T[]): T {
    const found = choices.find((choice) => choice === this.value);
    if (!found) throw this.wrong(`one of ${choices.join(', ')}`);
    return found;
  }

  number(): number {
    if (typeof this.value !== 'number') throw this.wrong('a number');
    if (!Number.isFinite(this.value))
      throw new NormError('not-finite', this.path, 'this number is not finite.');
    return this.value;
  }

  /** A number that is not below zero. */
  size(): number {
    const number = this.number();
    if (number < 0) throw this.wrong('a number that is not negative');
    return number;
  }

  flag(): boolean {
    if (typeof this.value !== 'boolean') throw this.wrong('true or false');
    return this.value;
  }

  orNull<T>(read: (place: Reader) => T): T | null {
    return this.value === null ? null : read(this);
  }

  numbers(lengths: readonly number[]): number[] {
    const items = this.items();
    if (!lengths.includes(items.length)) {
      const message = `has ${items.length} numbers; ${lengths.join(' or ')} are expected.`;
      throw new NormError('wrong-length', this.path, message);
    }
    return items.map((item) => item.number());
  }

  private fields(): Record<string, unknown> {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value))
      throw this.wrong('an object');
    return this.value as Record<string, unknown>;
  }

  private wrong(expected: string): NormError {
    const found = this.value === null ? 'null' : Array.isArray(this.value) ? 'a list' : typeof this.value;
    return new NormError('wrong-type', this.path, `${expected} is expected, not ${found}.`);
  }
}
