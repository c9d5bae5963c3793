import type { FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import { inClinic } from '../../platform/database/in-clinic.ts';
import {
  DeskLayout,
  type DeskPage as DeskTab,
  Document,
  renderPage,
} from '../../platform/web/layout/index.ts';
import type { Platform } from '../../platform/web/server.ts';
import { UserError } from '../../platform/web/user-error.ts';
import { clinicView } from '../../platform/web/views.ts';

export interface DeskPageOptions {
  readonly title: string;
  /** The tab that is open; absent on a page that belongs to none. */
  readonly current?: DeskTab | undefined;
  /** Sources of islands below `clinic/`, such as `capabilities/booking/islands/day-drag`. */
  readonly islands?: readonly string[];
  /** What was searched for, kept in the search box. */
  readonly query?: string | undefined;
  /** A page of pictures in a dark room: it brings its own header, `DemoLine` in it. */
  readonly theme?: 'imaging' | undefined;
}

const IDLE_LOCK = 'capabilities/accounts/islands/idle-lock';

/**
 * A whole desk page as text: shell, bar and lock around `children`. The route must stand behind `requireStaff`.
 * @throws UserError 401 when nobody is signed in
 */
export async function deskPage(
  platform: Platform,
  request: FastifyRequest,
  options: DeskPageOptions,
  children: ComponentChildren,
): Promise<string> {
  const { staff, clinic } = request;
  if (!staff) throw new UserError(401, 'Please sign in', 'This page is for the people who work here.');
  const { theme = 'desk' } = options;
  const requestsWaiting = theme === 'desk' ? await countOpenRequests(request) : 0;
  return renderPage(
    <Document
      lang={clinic.locale}
      title={options.title}
      siteName={clinic.name}
      theme={theme}
      styles={[platform.assets.style(theme)]}
      fontHref={platform.assets.font ?? undefined}
      scripts={[IDLE_LOCK, ...(options.islands ?? [])].map((source) => platform.assets.island(source))}
      noIndex
    >
      {theme === 'imaging' ? (
        <>
          <a class="skip" href="#main">
            Skip to the content
          </a>
          {children}
        </>
      ) : (
        <DeskLayout
          clinic={clinicView(clinic)}
          user={{ name: staff.name, role: staff.role }}
          current={options.current}
          requestsWaiting={requestsWaiting}
          query={options.query}
        >
          {children}
        </DeskLayout>
      )}
      <IdleWarning minutes={clinic.idleLockMin} />
    </Document>,
  );
}

/** Opened by the island a minute before the lock; without a script the server locks all the same. */
function IdleWarning({ minutes }: { minutes: number }) {
  return (
    <dialog id="idle-lock" data-minutes={minutes} aria-labelledby="idle-lock-title">
      <div class="stack">
        <h2 id="idle-lock-title">Is anybody there?</h2>
        <p>
          This desk locks in <b data-countdown>60 seconds</b>. What you typed here and did not send would be
          lost.
        </p>
        <form method="dialog" class="row">
          <button type="submit" class="primary" value="stay">
            I am here
          </button>
          <button type="submit" value="lock">
            Lock now
          </button>
        </form>
      </div>
    </dialog>
  );
}

async function countOpenRequests(request: FastifyRequest): Promise<number> {
  const row = await inClinic(request.context, ({ tx }) =>
    tx
      .selectFrom('request')
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .where('status', '=', 'open')
      .executeTakeFirst(),
  );
  return Number(row?.count ?? 0);
}
