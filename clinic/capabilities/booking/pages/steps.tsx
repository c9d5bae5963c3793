import { StepsNav } from '../../../platform/web/layout/index.ts';
import { type Visit, visitQuery } from './visit.ts';

/** Where somebody is in a booking: visit, time, you. Steps that are done lead back. */
export function BookingSteps({ current, visit }: { current: 0 | 1 | 2; visit?: Visit | undefined }) {
  const query = visit ? `?${visitQuery(visit)}` : '';
  const steps = [
    { label: 'Visit', href: '/book' },
    { label: 'Time', href: `/book/time${query}` },
    { label: 'You' },
  ];
  return <StepsNav steps={steps} current={current} />;
}

/** The fields that a form carries along without showing them. */
export function HiddenFields({ fields }: { fields: Readonly<Record<string, string | undefined>> }) {
  return (
    <>
      {Object.entries(fields).map(
        ([name, value]) =>
          value !== undefined && <input key={name} type="hidden" name={name} value={value} />,
      )}
    </>
  );
}
