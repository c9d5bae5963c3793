import type { FormValues } from '../../platform/web/form.ts';
import { ErrorSummary, Field, Notice, SettingsTabs } from '../../platform/web/layout/index.ts';
import type { ListedMember, PersonResource } from './members.ts';
import { ROLE_NAMES } from './staff-member.ts';

export interface PeoplePageProps {
  readonly members: readonly ListedMember[];
  readonly resources: readonly PersonResource[];
  readonly ownUserId: string;
  readonly notice?:
    | { readonly kind: 'good' | 'danger'; readonly title: string; readonly text: string }
    | undefined;
  /** A link that the owner has to hand over, where no mail server is set up. */
  readonly link?: string | undefined;
  readonly values?: FormValues;
  readonly errors?: Readonly<Record<string, string>>;
}

const STATES: Readonly<Record<ListedMember['state'], { kind?: 'good' | 'warn'; label: string }>> = {
  active: { kind: 'good', label: 'Active' },
  deactivated: { label: 'Deactivated' },
  invited: { kind: 'warn', label: 'Invited' },
  expired: { kind: 'warn', label: 'Invitation ran out' },
};

/** The owner's list of everybody who may sign in here. */
export function PeoplePage(props: PeoplePageProps) {
  const { members, resources, ownUserId, notice, link } = props;
  return (
    <div class="stack">
      <SettingsTabs current="people" />
      <h1>Staff</h1>
      {notice && (
        <Notice kind={notice.kind} title={notice.title} live>
          {notice.text}
        </Notice>
      )}
      {link && <HandOver link={link} />}
      <ul class="staff">
        {members.map((member) => (
          <Member
            key={member.userId}
            member={member}
            resources={resources}
            own={member.userId === ownUserId}
          />
        ))}
      </ul>
      <InviteForm {...props} />
    </div>
  );
}

function HandOver({ link }: { link: string }) {
  return (
    <Notice kind="warn" title="Hand the link over yourself">
      <span>
        No mail server is set up, so nothing was sent. Give this link to the person; it is shown once.
      </span>
      <input type="text" readonly value={link} aria-label="Link of the invitation" />
    </Notice>
  );
}

function Member(props: { member: ListedMember; resources: readonly PersonResource[]; own: boolean }) {
  const { member, resources, own } = props;
  const action = `/desk/settings/people/${encodeURIComponent(member.userId)}`;
  const state = STATES[member.state];
  const worksAs = resources.find((one) => one.id === member.resourceId)?.name;
  const id = (name: string) => `${name}-${member.userId}`;
  return (
    <li class="card">
      <div>
        <h2>{member.name}</h2>
        <p class="small soft">{member.email}</p>
        <p>
          <span class="badge" data-kind={state.kind}>
            {state.label}
          </span>
          {own && <span class="small soft"> This is you</span>}
        </p>
        <p class="small">
          {ROLE_NAMES[member.role]}
          {worksAs && `, works as ${worksAs}`}
        </p>
      </div>
      <details>
        <summary>
          Change<span class="vh"> {member.name}</span>
        </summary>
        <form method="post" action={action} class="staff-form">
          <RoleField id={id('role')} value={member.role} />
          <ResourceField id={id('resource')} value={member.resourceId} resources={resources} />
          <button type="submit">
            Save<span class="vh"> {member.name}</span>
          </button>
        </form>
        <form method="post" class="row">
          <StateButtons member={member} action={action} />
        </form>
      </details>
    </li>
  );
}

function StateButtons({ member, action }: { member: ListedMember; action: string }) {
  const name = <span class="vh"> {member.name}</span>;
  if (member.state === 'active') {
    return (
      <button type="submit" formaction={`${action}/deactivate`} class="quiet">
        Deactivate{name}
      </button>
    );
  }
  if (member.state === 'deactivated') {
    return (
      <button type="submit" formaction={`${action}/reactivate`} class="quiet">
        Let back in{name}
      </button>
    );
  }
  return (
    <>
      <button type="submit" formaction={`${action}/invite-again`} class="quiet">
        New invitation{name}
      </button>
      <button type="submit" formaction={`${action}/deactivate`} class="quiet">
        Withdraw{name}
      </button>
    </>
  );
}

function InviteForm({ resources, values = {}, errors = {} }: PeoplePageProps) {
  return (
    <section class="card stack" aria-labelledby="invite-title" id="invite">
      <h2 id="invite-title">Invite somebody</h2>
      <ErrorSummary errors={Object.entries(errors).map(([field, message]) => ({ field, message }))} />
      <form method="post" action="/desk/settings/people" class="invite" novalidate>
        <Field name="name" label="Name" error={errors.name}>
          {(control) => <input type="text" autocomplete="off" value={values.name ?? ''} {...control} />}
        </Field>
        <Field name="email" label="E-mail address" error={errors.email}>
          {(control) => <input type="email" autocomplete="off" value={values.email ?? ''} {...control} />}
        </Field>
        <RoleField id="field-role" value={values.role ?? 'front_desk'} error={errors.role} />
        <ResourceField id="field-resource" value={values.resource ?? null} resources={resources} />
        <button type="submit" class="primary">
          Invite
        </button>
      </form>
    </section>
  );
}

function RoleField({ id, value, error }: { id: string; value: string; error?: string | undefined }) {
  return (
    <Field name="role" id={id} label="Role" error={error}>
      {(control) => (
        <select {...control}>
          {Object.entries(ROLE_NAMES).map(([role, label]) => (
            <option key={role} value={role} selected={role === value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function ResourceField(props: { id: string; value: string | null; resources: readonly PersonResource[] }) {
  return (
    <Field name="resource" id={props.id} label="Works as" optional>
      {(control) => (
        <select {...control}>
          <option value="">Nobody</option>
          {props.resources.map((resource) => (
            <option key={resource.id} value={resource.id} selected={resource.id === props.value}>
              {resource.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
