import type { Weekday } from '@rectus/schedule';
import type { StaffRole } from '../platform/database/schema.ts';
import type { Holiday } from './holidays.ts';

/** A demo clinic on paper, before anything is in the database. Ids are made up ahead. */
export interface ClinicPlan {
  readonly id: string;
  readonly slug: string;
  readonly host: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly email: string;
  readonly phone: string;
  readonly sites: readonly SitePlan[];
  readonly resources: readonly ResourcePlan[];
  readonly services: readonly ServicePlan[];
  readonly staff: readonly StaffPlan[];
  readonly closures: readonly ClosurePlan[];
  readonly breaks: readonly BreakPlan[];
  readonly patientCount: number;
}

export interface SitePlan {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly city: string;
  readonly address: string;
  readonly timeZone: string;
  readonly note: string;
}

export interface ResourcePlan {
  readonly id: string;
  readonly siteId: string | null;
  readonly name: string;
  readonly kinds: readonly string[];
  readonly person: boolean;
  readonly title: string;
  readonly bio: string;
  readonly hours: readonly HoursPlan[];
}

/** The same hours on several weekdays. `siteId` null: by video only. */
export interface HoursPlan {
  readonly siteId: string | null;
  readonly telehealth: boolean;
  readonly weekdays: readonly Weekday[];
  /** 'HH:MM' */
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

export interface ServicePlan {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly summary: string;
  readonly mode: 'site' | 'telehealth';
  readonly durationMin: number;
  readonly bufferAfterMin: number;
  readonly stepMin: number;
  readonly leadMin: number;
  readonly priceMinor: number;
  readonly online: boolean;
  readonly siteIds: readonly string[];
  readonly needs: readonly { readonly kind: string; readonly count: number }[];
  /** How often patients come for it, beside the others. */
  readonly weight: number;
  /** How a visit that is booked online is paid: at the visit, where nothing is said. */
  readonly payment?: { readonly how: 'in_full' } | { readonly how: 'deposit'; readonly depositMinor: number };
  /** What to wear and bring. */
  readonly bring?: readonly string[];
}

export interface StaffPlan {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly role: StaffRole;
  readonly resourceId: string | null;
}

/** Whole days. `siteId` and `resourceId` null: the whole clinic. */
export interface ClosurePlan {
  readonly siteId: string | null;
  readonly resourceId: string | null;
  readonly first: string;
  readonly last: string;
  readonly timeZone: string;
  readonly reason: string;
}

/** Time that comes back every week and is not for patients. */
export interface BreakPlan {
  readonly label: string;
  readonly resourceIds: readonly string[];
  readonly weekday: Weekday;
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

/** Every holiday of a site as a closure of that site. */
export function siteHolidays(site: SitePlan, holidays: readonly Holiday[]): ClosurePlan[] {
  return holidays.map(({ date, name }) => ({
    siteId: site.id,
    resourceId: null,
    first: date,
    last: date,
    timeZone: site.timeZone,
    reason: name,
  }));
}
