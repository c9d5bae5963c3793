import {
  type ClinicView,
  PUBLIC_ROUTES,
  PublicLayout,
  type TeamMemberView,
} from '../../platform/web/layout/index.ts';

/** Title and description of the team page, for the document's head. */
export const TEAM_META = {
  title: 'Team',
  description: 'The people who see you, what they look at, where they work and which languages they speak.',
} as const;

/** Who works here. */
export function TeamPage({ clinic, team }: { clinic: ClinicView; team: readonly TeamMemberView[] }) {
  return (
    <PublicLayout clinic={clinic} path={PUBLIC_ROUTES.team}>
      <header class="pagehead stack">
        <h1>The people who look</h1>
        <p class="lead">Who they are, what they look at, where they work and which languages they speak.</p>
      </header>
      {team.length === 0 ? (
        <p>The team is being introduced soon. You can still book with any clinician who is free.</p>
      ) : (
        <ul class="people">
          {team.map((member) => (
            <Member key={member.name} member={member} />
          ))}
        </ul>
      )}
      <p class="after">
        <a class="btn primary" href={PUBLIC_ROUTES.book}>
          Book with any clinician
        </a>
      </p>
    </PublicLayout>
  );
}

function Member({ member }: { member: TeamMemberView }) {
  const { name, title, bio, languages = [], sites } = member;
  return (
    <li class="stack">
      <h2>{name}</h2>
      <p class="small">
        <b>{title}</b>
        {sites.length > 0 && <span class="soft">, {sites.join(' and ')}</span>}
      </p>
      {bio && <p class="small">{bio}</p>}
      {languages.length > 0 && <p class="tiny soft">Speaks {languages.join(', ')}</p>}
    </li>
  );
}
