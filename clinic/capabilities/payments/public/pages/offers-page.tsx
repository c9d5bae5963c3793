import type { Clinic } from '../../../../platform/web/clinics.ts';
import { Money, PUBLIC_ROUTES } from '../../../../platform/web/layout/index.ts';
import type { Offer } from '../offers.ts';

/** Everything that can be bought online. */
export function OffersPage({ offers, clinic }: { offers: readonly Offer[]; clinic: Clinic }) {
  return (
    <div class="pay">
      <header class="pagehead stack">
        <h1>Buy now</h1>
        <p class="lead">
          Packages that you pay once and book when it suits you. Single visits are booked directly.
        </p>
      </header>
      {offers.length === 0 ? (
        <p>
          Nothing is sold online at the moment. <a href={PUBLIC_ROUTES.book}>See what you can book</a>
        </p>
      ) : (
        <ul class="offers">
          {offers.map((offer) => (
            <li key={offer.slug}>
              <div class="stack">
                <h2>{offer.name}</h2>
                {offer.summary && <p class="small">{offer.summary}</p>}
                <p class="tiny soft">{partsOf(offer)}</p>
              </div>
              <p class="price">
                <Money
                  minor={offer.price.totalMinor}
                  currency={offer.price.currency}
                  locale={clinic.locale}
                />
              </p>
              <p>
                <a class="btn primary" href={buyLink(offer.slug)}>
                  Buy now<span class="vh">: {offer.name}</span>
                </a>
              </p>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function partsOf({ price }: Offer): string {
  return price.lines
    .map((line) => (line.quantity === 1 ? line.description : `${line.quantity} × ${line.description}`))
    .join(' and ');
}

/** The page on which a package is bought. */
export function buyLink(slug: string): string {
  return `/buy/${encodeURIComponent(slug)}`;
}
