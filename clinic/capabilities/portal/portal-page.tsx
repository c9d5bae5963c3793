import type { VNode } from 'preact';
import { MyTabs } from '../accounts/index.ts';
import { fullName, type Portal } from './portal.ts';

export interface PortalPageProps {
  readonly portal: Portal;
  readonly greeting: string;
  readonly sections: readonly { readonly id: string; readonly body: VNode }[];
  /** True when the clinic has nothing at all under this address. */
  readonly nothing: boolean;
}

/** A patient's own page. */
export function PortalPage({ portal, greeting, sections, nothing }: PortalPageProps) {
  return (
    <div class="stack my">
      <MyTabs current="overview" />
      <h1>{greeting}</h1>
      {portal.people.length > 1 && <PeopleSwitch portal={portal} />}
      {nothing ? (
        <Nothing portal={portal} />
      ) : (
        sections.map(({ id, body }) => (
          <section key={id} id={id} class="stack">
            {body}
          </section>
        ))
      )}
    </div>
  );
}

/** Several people of a family share an address; each can be looked at alone. */
function PeopleSwitch({ portal: { people, chosen } }: { portal: Portal }) {
  return (
    <nav class="my-people" aria-label="Whose visits">
      <a href="/my" aria-current={chosen ? undefined : 'page'}>
        Everyone
      </a>
      {people.map((person) => (
        <a
          key={person.id}
          href={`/my?for=${person.id}`}
          aria-current={chosen?.id === person.id ? 'page' : undefined}
        >
          {fullName(person)}
        </a>
      ))}
    </nav>
  );
}

function Nothing({ portal: { visitor, clinic } }: { portal: Portal }) {
  return (
    <div class="card stack">
      <p>
        {clinic.name} has nothing under <b>{visitor.email}</b> any more. If you gave the clinic another
        address, sign out and sign in with that one.
      </p>
      <p class="row">
        <a class="btn primary" href="/book">
          Book a visit
        </a>
      </p>
    </div>
  );
}
