import { LONGEST_SHARE_DAYS, type ShareLink } from '../core/share-links.ts';

export interface SharePartProps {
  readonly action: string;
  readonly links: readonly ShareLink[];
  /** The address of a link that was just made. */
  readonly made: string | null;
  readonly moment: (instant: number) => string;
  readonly now: number;
}

const DAYS = [7, 14, 30, LONGEST_SHARE_DAYS] as const;

/** Links that show the patient's page of the signed report without an account, until a day. */
export function SharePart({ action, links, made, moment, now }: SharePartProps) {
  return (
    <section class="card stack" id="share">
      <h2>Share by link</h2>
      <p class="small soft">
        Whoever has the link sees the patient’s page of the last signed version, without signing in.
      </p>
      {made && (
        <p class="notice" data-kind="good" role="status">
          <strong>Copy the link now: it is not shown again.</strong>
          <code>{made}</code>
        </p>
      )}
      <form method="post" action={action} class="row">
        <label class="field" for="share-days">
          It opens for
        </label>
        <select id="share-days" name="days">
          {DAYS.map((days) => (
            <option key={days} value={days}>
              {days} days
            </option>
          ))}
        </select>
        <button type="submit">Make a link</button>
      </form>
      {links.length > 0 && (
        <ul class="plain-list small">
          {links.map((link) => (
            <li key={link.id} class="row">
              <span>
                {stateOf(link, now, moment)}, opened {link.opened} {link.opened === 1 ? 'time' : 'times'}
              </span>
              {!link.revoked && link.expiresAt > now && (
                <form method="post" action={`${action}/${link.id}/revoke`}>
                  <button type="submit" class="quiet">
                    Take back<span class="vh"> the link that opens until {moment(link.expiresAt)}</span>
                  </button>
                </form>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function stateOf(
  { revoked, expiresAt }: ShareLink,
  now: number,
  moment: (instant: number) => string,
): string {
  if (revoked) return 'Taken back';
  return expiresAt > now ? `Opens until ${moment(expiresAt)}` : `Ended ${moment(expiresAt)}`;
}
