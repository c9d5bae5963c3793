import type { ComponentChildren } from 'preact';
import { PublicLayout } from './public-layout.tsx';
import { PUBLIC_ROUTES as TO } from './routes.ts';
import type { ClinicView } from './views.ts';

export interface ErrorBodyProps {
  /** HTTP status; one without words of its own gets those of 400 or 500. */
  status: number;
  /** Title in words of the task, e.g. `That time has just gone`. */
  title?: string | undefined;
  /** One or two sentences: what happened and what is safe. */
  message?: string | undefined;
  /** Where to go from here; the public links when absent. */
  next?: ComponentChildren;
  /** The id of the request, so that the clinic can find it in its log. */
  reference?: string | undefined;
}

interface Words {
  title: string;
  message: string;
}

const BAD_REQUEST: Words = {
  title: 'We could not read that',
  message:
    'Something in the form or the address was not as expected. Nothing was saved; go back and try once more.',
};
const OUR_FAULT: Words = {
  title: 'Something broke on our side',
  message:
    'It is not your doing. Nothing that was confirmed is lost. Try again in a minute, or call the clinic.',
};
const WORDS: Record<number, Words> = {
  403: {
    title: 'This page is not open to you',
    message: 'You may be signed out, the form may be too old, or the page belongs to somebody else.',
  },
  404: {
    title: 'There is no page here',
    message:
      'The address may be mistyped, or the page has moved. Appointments and requests are not affected.',
  },
  429: {
    title: 'That was a lot at once',
    message:
      'To keep the clinic reachable for everyone we slow down repeated attempts. Wait a minute and try again.',
  },
};

/** What went wrong and what to do now, for use inside any layout. */
export function ErrorBody({ status, title, message, next, reference }: ErrorBodyProps) {
  const words = WORDS[status] ?? (status < 500 ? BAD_REQUEST : OUR_FAULT);
  return (
    <section class="pagehead stack">
      <h1>{title ?? words.title}</h1>
      <p class="lead">{message ?? words.message}</p>
      <div class="row">{next ?? <PublicNext />}</div>
      {reference && <p class="tiny soft">If you write to us about this, mention {reference}.</p>}
    </section>
  );
}

/** A whole public page that says what went wrong. */
export function ErrorPage(props: ErrorBodyProps & { clinic: ClinicView; path?: string | undefined }) {
  const { clinic, path = '', ...body } = props;
  return (
    <PublicLayout clinic={clinic} path={path}>
      <ErrorBody {...body} />
    </PublicLayout>
  );
}

function PublicNext() {
  return (
    <>
      <a class="btn primary" href={TO.book}>
        See free times
      </a>
      <a class="btn" href={TO.home}>
        Go to the first page
      </a>
    </>
  );
}
