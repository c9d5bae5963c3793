import type { PlainDate } from '@rectus/schedule';
import type { Clinic } from '../../../platform/web/clinics.ts';
import type { FormErrors } from '../../../platform/web/form.ts';
import type { Day } from './read-day.ts';

/** What the page of a day shows, and its forms as they stand. */
export interface DayPageProps {
  readonly clinic: Clinic;
  readonly day: Day;
  readonly today: PlainDate;
  /** Cash that came and went after the end of this day, by the till as it is now. */
  readonly laterCashMinor: number;
  readonly close: FormErrors;
  readonly move: FormErrors;
  readonly news: 'closed' | 'moved' | null;
}
