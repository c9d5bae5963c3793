/** Something that the person at the screen can understand and act on. It becomes a page, never a stack trace. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly status: number;
  readonly title: string;
  readonly next: { readonly href: string; readonly label: string } | null;

  constructor(
    status: number,
    title: string,
    message: string,
    next: { readonly href: string; readonly label: string } | null = null,
  ) {
    super(message);
    this.status = status;
    this.title = title;
    this.next = next;
  }
}

/** The page or thing does not exist, or not for this person: the two look alike on purpose. */
export function notFound(what = 'page'): UserError {
  return new UserError(
    404,
    `We could not find that ${what}`,
    'The link may be old, or something in it is missing.',
    {
      href: '/',
      label: 'Go to the first page',
    },
  );
}
