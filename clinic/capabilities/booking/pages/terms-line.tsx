import { Money } from '../../../platform/web/layout/index.ts';
import type { Service } from '../core/catalogue.ts';
import type { Terms } from '../core/till.ts';

/** `€85, at the visit`, `€30 now, €55 at the visit`, or `Paid with your 3D gait analysis, order 1042`. */
export function TermsLine(props: {
  terms: Terms;
  service: Pick<Service, 'priceMinor' | 'currency'>;
  locale: string;
}) {
  const { terms, service, locale } = props;
  const money = (minor: number) => <Money minor={minor} currency={service.currency} locale={locale} />;
  if (terms.kind === 'entitled') return <b>Paid with {terms.label}</b>;
  if (terms.kind === 'at_visit') return <>{money(service.priceMinor)}, at the visit</>;
  if (terms.restMinor === 0) return <>{money(terms.dueMinor)} now, and nothing at the visit</>;
  return (
    <>
      {money(terms.dueMinor)} now, {money(terms.restMinor)} at the visit
    </>
  );
}
