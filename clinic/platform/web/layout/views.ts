/** What the public pages show. Plain values, ready to print: no dates to work out, no data access. */

/** One place where the clinic sees people. */
export interface SiteView {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly city: string;
  readonly address: string;
  /** IANA name, e.g. `Europe/Lisbon`. */
  readonly timeZone: string;
  /** Opening hours as lines ready to print, e.g. `Mon to Fri 8:00 to 19:00`. */
  readonly hours: readonly string[];
  /** What is here and how to get in; may be empty. */
  readonly note: string;
}

/** The clinic that the page belongs to. */
export interface ClinicView {
  readonly name: string;
  /** True shows "Everyone here is simulated" on every page. */
  readonly demo: boolean;
  /** BCP 47 tag for numbers and money, e.g. `en-GB`. */
  readonly locale: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly sites: readonly SiteView[];
}

/** One thing that can be booked. */
export interface ServiceView {
  readonly slug: string;
  readonly name: string;
  readonly summary: string;
  readonly durationMin: number;
  readonly mode: 'site' | 'telehealth';
  /** Price in the currency's smallest unit; 0 is free. */
  readonly priceMinor: number;
  /** ISO 4217 code, e.g. `EUR`. */
  readonly currency: string;
  /** Names of the sites that offer it; empty for telehealth. */
  readonly sites: readonly string[];
}

/** One clinician on the team page. */
export interface TeamMemberView {
  readonly name: string;
  readonly title: string;
  readonly bio: string;
  readonly languages?: readonly string[] | undefined;
  /** Names of the sites where this person works. */
  readonly sites: readonly string[];
}

/** The next opening, with its label ready to print in the site's time, e.g. `today 14:20`. */
export type NextFreeView = { readonly label: string; readonly siteName: string } | null;
