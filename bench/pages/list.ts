/** One page to look at. */
export interface PageToMeasure {
  readonly path: string;
  readonly for: 'public' | 'staff';
  /** Then on to the first link on it that this matches: for pages whose address holds an id. */
  readonly follow?: string;
}

const isPublic = (path: string): PageToMeasure => ({ path, for: 'public' });
const forStaff = (path: string, follow?: string): PageToMeasure => ({
  path,
  for: 'staff',
  ...(follow ? { follow } : {}),
});

/** Every page that an address leads to; the steps of a booking are walked besides. */
export const PAGES: readonly PageToMeasure[] = [
  isPublic('/'),
  isPublic('/services'),
  isPublic('/team'),
  isPublic('/articles'),
  isPublic('/articles/back-pain-after-birth'),
  isPublic('/articles/lifting-and-holding'),
  isPublic('/articles/look-while-it-contracts'),
  isPublic('/book'),
  isPublic('/request/telehealth'),
  isPublic('/request/office'),
  isPublic('/sign-in'),
  forStaff('/desk'),
  forStaff('/desk', 'a[href^="/desk/appointments/"]'),
  forStaff('/desk', 'a[href^="/desk/blocks/"]'),
  forStaff('/desk/new'),
  forStaff('/desk/requests'),
  forStaff('/desk/people'),
  forStaff('/desk/people', 'main a[href^="/desk/people/"]'),
  forStaff('/desk/people/new'),
  forStaff('/desk/outbox'),
  forStaff('/desk/outbox', 'a[href^="/desk/outbox/"]'),
  forStaff('/desk/account'),
  forStaff('/desk/settings'),
  forStaff('/desk/settings/people'),
  ...['services', 'resources', 'closures', 'sites'].map((part) => forStaff(`/desk/settings/${part}`)),
  forStaff('/desk/settings/services', 'main a[href^="/desk/settings/services/"]'),
  forStaff('/desk/settings/resources', 'main a[href^="/desk/settings/resources/"]'),
  forStaff('/desk/settings/sites', 'main a[href^="/desk/settings/sites/"]'),
];
