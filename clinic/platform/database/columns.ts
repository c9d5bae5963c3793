import type { ColumnType, Generated } from 'kysely';

/** Written as a Date or an ISO text, read as a Date. */
export type Timestamp = ColumnType<Date, Date | string, Date | string>;
export type GeneratedTimestamp = ColumnType<Date, Date | string | undefined, Date | string>;
/** A calendar date, YYYY-MM-DD. */
export type PlainDate = string;
/** A wall-clock time, HH:MM:SS. */
export type PlainTime = string;
/** A wall-clock date and time, YYYY-MM-DD HH:MM:SS. */
export type PlainDateTime = string;
export type Json<T> = ColumnType<T, T | undefined, T>;

export interface OfClinic {
  clinic_id: string;
}
export interface Row extends OfClinic {
  id: Generated<string>;
}
