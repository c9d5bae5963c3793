import type { Catalogue, Service } from '../../booking/index.ts';

/** A need that nobody and nothing at a place can meet, so that the service can never be booked there. */
export interface MissingResources {
  /** Null: by video. */
  readonly siteId: string | null;
  readonly kind: string;
}

/** What a service lacks at each of its places: too few of a kind in use that have any hours there. */
export function missingResources(
  service: Service,
  { resources }: Pick<Catalogue, 'resources'>,
): readonly MissingResources[] {
  const places = service.mode === 'telehealth' ? [null] : service.siteIds;
  return places.flatMap((siteId) =>
    service.needs
      .filter(({ kind, count }) => {
        const able = resources.filter(
          (resource) =>
            resource.active &&
            resource.kinds.includes(kind) &&
            resource.openings.some((opening) =>
              siteId === null ? opening.telehealth : opening.siteId === siteId,
            ),
        );
        return able.length < count;
      })
      .map(({ kind }) => ({ siteId, kind })),
  );
}
