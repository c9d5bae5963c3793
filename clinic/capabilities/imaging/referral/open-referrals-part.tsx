import type { Clinic } from '../../../platform/web/clinics.ts';
import { Notice } from '../../../platform/web/layout/index.ts';
import { zoneCity } from '../../booking/index.ts';
import { fullMoment } from '../core/full-moment.ts';
import { examPath } from '../core/paths.ts';
import type { Referral } from './read-referrals.ts';

/** The urgent referrals that nobody has answered, above everything else of a page. Nothing where there are none. */
export function OpenReferralsPart(props: { referrals: readonly Referral[]; clinic: Clinic; now: number }) {
  const { referrals, clinic, now } = props;
  if (referrals.length === 0) return null;
  return (
    <Notice
      kind="danger"
      title={
        referrals.length === 1
          ? 'An urgent referral is open'
          : `${referrals.length} urgent referrals are open`
      }
    >
      <ul class="plain-list">
        {referrals.map((one) => (
          <li key={one.id}>
            <a href={examPath(one.examId, 'referral')}>
              <b>{one.patient.name}</b> to {one.referredTo}
            </a>
            , since {fullMoment(one.since, clinic)}
            {one.dueAt < now ? ': the answer is overdue' : `, answer due by ${fullMoment(one.dueAt, clinic)}`}{' '}
            ({zoneCity(clinic.timeZone)} time)
          </li>
        ))}
      </ul>
    </Notice>
  );
}
