import { type ClinicView, PUBLIC_ROUTES, PublicLayout } from '../../../platform/web/layout/index.ts';
import { restAndContraction } from './case-clip.tsx';
import { casePath, picturePath } from './paths.ts';
import type { PublicCase } from './public-cases.ts';

/** Title and description of the list, for the document's head. */
export const CASES_META = {
  title: 'Case studies',
  description: 'Ultrasound pictures that move between rest and contraction, and what they changed.',
} as const;

/** Every public case with its rest and contraction side by side. */
export function CasesPage({ clinic, cases }: { clinic: ClinicView; cases: readonly PublicCase[] }) {
  return (
    <PublicLayout clinic={clinic} path={PUBLIC_ROUTES.cases}>
      <header class="pagehead stack">
        <h1>Case studies</h1>
        <p class="lead">
          The same place at rest and in contraction. Each is shown with consent, without anything that tells
          who it is.
        </p>
      </header>
      {cases.length === 0 ? (
        <div class="card stack">
          <p>No case is public at the moment.</p>
          <p>
            <a class="btn" href={PUBLIC_ROUTES.contraction}>
              Read why we look while it contracts
            </a>
          </p>
        </div>
      ) : (
        <ul class="cases">
          {cases.map((one) => (
            <CaseLine key={one.row.id} shown={one} />
          ))}
        </ul>
      )}
    </PublicLayout>
  );
}

function CaseLine({ shown: { row, version, clips } }: { shown: PublicCase }) {
  const [clip] = clips;
  const { title, summary } = version.content;
  const ends = clip && restAndContraction(clip);
  return (
    <li>
      {clip && ends && (
        <div class="case-pair" data-theme="imaging">
          {(['rest', 'contraction'] as const).map((name) => (
            <figure key={name}>
              <img
                src={picturePath(row.slug, clip, ends[name])}
                width={clip.width}
                height={clip.height}
                alt=""
                loading="lazy"
              />
              <figcaption>{name === 'rest' ? 'Rest' : 'Contraction'}</figcaption>
            </figure>
          ))}
        </div>
      )}
      <div class="stack">
        {row.simulated && (
          <p>
            <span class="badge">Simulated</span>
          </p>
        )}
        <h2>
          <a href={casePath(row.slug)}>{title}</a>
        </h2>
        <p class="small">{summary}</p>
      </div>
    </li>
  );
}
