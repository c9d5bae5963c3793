/** Addresses that the layouts and the reading pages link to. */
export const PUBLIC_ROUTES = {
  home: '/',
  articles: '/articles',
  cases: '/cases',
  backPain: '/articles/back-pain-after-birth',
  lifting: '/articles/lifting-and-holding',
  contraction: '/articles/look-while-it-contracts',
  services: '/services',
  team: '/team',
  book: '/book',
  telehealth: '/request/telehealth',
  office: '/request/office',
  my: '/my',
  signIn: '/sign-in',
} as const;

/** Addresses of the desk. `lock` and `signOut` act on POST only. */
export const DESK_ROUTES = {
  day: '/desk',
  requests: '/desk/requests',
  people: '/desk/people',
  gait: '/desk/gait',
  imaging: '/desk/imaging',
  orders: '/desk/orders',
  outbox: '/desk/outbox',
  money: '/desk/money',
  settings: '/desk/settings',
  staff: '/desk/settings/people',
  account: '/desk/account',
  lock: '/desk/lock',
  signOut: '/sign-out',
} as const;

/** The booking page with one service already chosen. */
export function bookService(slug: string): string {
  return `${PUBLIC_ROUTES.book}?service=${encodeURIComponent(slug)}`;
}
