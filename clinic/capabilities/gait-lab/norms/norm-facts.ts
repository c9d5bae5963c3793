import type { NormPackage, NormSpeed } from '@rectus/gait';

/** What a person must know of a set of norms before judging anybody by it; the package without its numbers. */
export interface NormFacts
  extends Pick<
    NormPackage,
    'id' | 'name' | 'population' | 'footwear' | 'simulated' | 'licence' | 'citation' | 'origin'
  > {
  readonly sets: readonly {
    readonly name: string;
    readonly people: number | null;
    readonly dimensionlessSpeed: NormSpeed | null;
  }[];
  /** Of how many controls the references of the scores are; null where they are not in it. */
  readonly gdi: number | null;
  readonly gps: number | null;
}

export function normFacts({ sets, gdi, profile, ...about }: NormPackage): NormFacts {
  const { id, name, population, footwear, simulated, licence, citation, origin } = about;
  return {
    ...{ id, name, population, footwear, simulated, licence, citation, origin },
    sets: sets.map((set) => ({
      name: set.name,
      people: set.people,
      dimensionlessSpeed: set.dimensionlessSpeed,
    })),
    gdi: gdi?.controls ?? null,
    gps: profile?.controls ?? null,
  };
}
