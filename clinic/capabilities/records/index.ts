export { DuplicateNotice, unseen } from './pages/duplicate-notice.tsx';
export { PersonFields } from './pages/person-fields.tsx';
export { Suggestions } from './pages/suggestions.tsx';
export { findPeople, type PersonFound } from './people/find-people.ts';
export { type Duplicate, likelyDuplicates } from './people/likely-duplicates.ts';
export { mergePeople } from './people/merge-people.ts';
export { type Person, type PersonDetails, readPerson } from './people/person.ts';
export { personForm } from './people/person-form.ts';
export { recordsRoutes } from './routes.tsx';
