import type { NormsView } from './walk-view.ts';

/** Whom the grey bands are of, with everything that speaks against the comparison; never left out beside them. */
export function NormsNotice({ norms }: { norms: NormsView | null }) {
  if (!norms) return <p class="notice">No norms are installed: the curves stand alone.</p>;
  return (
    <div class="notice" data-kind={norms.simulated ? 'warn' : undefined}>
      <strong>
        Grey bands: {norms.name}
        {norms.simulated && ' (simulated)'}
      </strong>
      <span>
        ± 1 SD of {norms.population}. {norms.caveats.join(' ')}
      </span>
    </div>
  );
}
