/** A request that a program sent and that cannot be done, in words for whoever reads its log. */
export class DoorError extends Error {
  override readonly name = 'DoorError';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}
