import type { ComponentChildren } from 'preact';
import { Mark } from './mark.tsx';
import { DemoLine } from './public-layout.tsx';
import { DESK_ROUTES as TO } from './routes.ts';
import type { ClinicView } from './views.ts';

export type DeskRole = 'clinician' | 'front_desk' | 'owner';
export type DeskPage =
  | 'day'
  | 'requests'
  | 'people'
  | 'gait'
  | 'imaging'
  | 'orders'
  | 'outbox'
  | 'money'
  | 'settings';

export interface DeskLayoutProps {
  clinic: ClinicView;
  /** Who is signed in; `siteName` is the desk's place, if it has one. */
  user: { name: string; role: DeskRole; siteName?: string | undefined };
  /** The tab that is open; absent on a page that belongs to none. */
  current?: DeskPage | undefined;
  /** Requests that wait for an answer; 0 shows no badge. */
  requestsWaiting: number;
  /** What was searched for, kept in the search box. */
  query?: string | undefined;
  children: ComponentChildren;
}

const ROLE_NAMES: Record<DeskRole, string> = {
  clinician: 'Clinician',
  front_desk: 'Front desk',
  owner: 'Owner',
};

/** The bar over every desk page. Use with `theme="desk"`. */
export function DeskLayout({ clinic, user, current, requestsWaiting, query, children }: DeskLayoutProps) {
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header>
        <DemoLine demo={clinic.demo} />
        <div class="bar">
          <a class="mark" href={TO.day} aria-label={`${clinic.name}, the day`}>
            <Mark />
            {clinic.name}
          </a>
          <DeskTabs role={user.role} current={current} requestsWaiting={requestsWaiting} />
          <search class="find">
            <form action={TO.people} method="get">
              <label class="vh" for="find-person">
                Find a person
              </label>
              <input
                id="find-person"
                type="search"
                name="q"
                value={query}
                placeholder="Find a person"
                autocomplete="off"
              />
              <button type="submit">Find</button>
            </form>
          </search>
          <a class="who tiny" href={TO.account}>
            <span class="vh">Your account: </span>
            <b>{user.name}</b>
            <span>{[ROLE_NAMES[user.role], user.siteName].filter(Boolean).join(', ')}</span>
          </a>
          <div class="acts">
            <PostButton action={TO.lock} label="Lock" />
            <PostButton action={TO.signOut} label="Sign out" />
          </div>
        </div>
      </header>
      <main id="main" class="desk" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

function DeskTabs(props: { role: DeskRole; current: DeskPage | undefined; requestsWaiting: number }) {
  const { role, current, requestsWaiting } = props;
  const mark = (page: DeskPage) => (page === current ? 'page' : undefined);
  return (
    <nav class="tabs" aria-label="Desk">
      <a href={TO.day} aria-current={mark('day')}>
        Day
      </a>
      <a href={TO.requests} aria-current={mark('requests')}>
        Requests
        {requestsWaiting > 0 && (
          <span class="badge" data-kind="mark">
            {requestsWaiting}
            <span class="vh"> waiting</span>
          </span>
        )}
      </a>
      <a href={TO.people} aria-current={mark('people')}>
        People
      </a>
      {role !== 'front_desk' && (
        <>
          <a href={TO.gait} aria-current={mark('gait')}>
            Gait lab
          </a>
          <a href={TO.imaging} aria-current={mark('imaging')}>
            Ultrasound
          </a>
        </>
      )}
      <a href={TO.orders} aria-current={mark('orders')}>
        Orders
      </a>
      <a href={TO.outbox} aria-current={mark('outbox')}>
        Outbox
      </a>
      {role !== 'clinician' && (
        <a href={TO.money} aria-current={mark('money')}>
          Money
        </a>
      )}
      {role === 'owner' && (
        <a href={TO.settings} aria-current={mark('settings')}>
          Settings
        </a>
      )}
    </nav>
  );
}

function PostButton(props: { action: string; label: string }) {
  return (
    <form method="post" action={props.action}>
      <button type="submit" class="quiet">
        {props.label}
      </button>
    </form>
  );
}
