import type { ComponentChildren } from 'preact';
import { DemoLine, Mark } from '../../../platform/web/layout/index.ts';
import { ARRIVALS, examPath } from '../core/paths.ts';
import type { ViewerClip } from './client/contracts.ts';
import { framesAddress } from './client/frames-address.ts';
import { comparisons } from './compare-at-once.ts';
import { CompareForm } from './compare-form.tsx';
import { ContrastFilters, ContrastPanel } from './contrast-panel.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { PaneFigure } from './pane-figure.tsx';
import { PlayRow } from './play-row.tsx';
import type { View } from './read-view.ts';
import type { ShownClip } from './shown-clips.ts';
import { ToolButton } from './tool-button.tsx';

export interface ViewPageProps extends View {
  readonly pictures: readonly [ShownClip, ShownClip] | null;
  readonly isDemo: boolean;
  /** Day and time of the examination in words. */
  readonly moment: string;
}

/** Two pictures on one clock, with places for tools, curve and values. */
export function ViewPage(props: ViewPageProps) {
  const { exam, shown, pictures } = props;
  return (
    <>
      <header>
        <DemoLine demo={props.isDemo} />
        <Bar {...props} />
      </header>
      {pictures ? (
        <main id="main" class="v" tabIndex={-1} data-clip-viewer>
          <FirstFrame shown={shown} picture={pictures[0]} />
          <div class="rail" role="toolbar" aria-label="Tools" data-part="rail">
            <ToolButton tool="contrast" />
            <ToolButton tool="zoom" />
          </div>
          <div class="mid">
            <Panes {...props} pictures={pictures} />
            <PlayRow />
            <div data-part="curve" />
          </div>
          <aside class="side" aria-label="Measured">
            <Warnings {...props} pictures={pictures} />
            <div data-part="values" />
            <div data-part="probe" />
            <div data-part="tracked" />
          </aside>
          <ContrastPanel />
          <KeysDialog />
          <p class="vh" role="status" data-part="said" />
          <State value={{ exam: shown, pictures }} />
        </main>
      ) : (
        <NoClips examId={exam.id} />
      )}
    </>
  );
}

/** The frame that is seen first is on its way before any script is. */
function FirstFrame({ shown, picture }: Pick<ViewPageProps, 'shown'> & { readonly picture: ShownClip }) {
  const clip = shown.clips.find(({ id }) => id === picture.clip);
  if (!clip) return null;
  const href = framesAddress(clip, { from: picture.frame, to: picture.frame });
  return <link rel="preload" as="fetch" crossOrigin="anonymous" href={href} />;
}

function Bar({ exam, shown, others, pictures, moment }: ViewPageProps) {
  const { givenName, familyName } = exam.patient;
  return (
    <div class="bar">
      <a class="mark" href={examPath(exam.id)} aria-label="Back to the examination">
        <Mark />
      </a>
      <h1 class="small">
        <b>
          {givenName} {familyName}
        </b>{' '}
        <span class="soft">
          · {shown.title.charAt(0).toLowerCase() + shown.title.slice(1)} · {moment}
        </span>
      </h1>
      <div class="row push acts">
        {pictures && <CompareAtOnce {...{ exam, shown, others, pictures }} />}
        {pictures && (
          <button type="button" class="quiet" popovertarget="compare">
            Compare …
          </button>
        )}
        <a class="btn primary" href={examPath(exam.id, 'report')}>
          To report
        </a>
      </div>
      {pictures && <CompareForm exam={exam} shown={shown} others={others} pictures={pictures} />}
    </div>
  );
}

type ComparableView = Pick<ViewPageProps, 'exam' | 'shown' | 'others'> & Pick<Showing, 'pictures'>;

/** What is compared most often is one press away; beside it stands the panel with all choices. */
function CompareAtOnce({ exam, shown, others, pictures }: ComparableView) {
  const sameStructure = new Set(others.filter((other) => other.isSameStructure).map(({ id }) => id));
  return comparisons({ examId: exam.id, clips: shown.clips, pictures, sameStructure }).map(
    ({ words, href }) => (
      <a key={href} class="btn" href={href}>
        {words}
      </a>
    ),
  );
}

type Showing = ViewPageProps & { readonly pictures: readonly [ShownClip, ShownClip] };

function Panes({ shown, pictures }: Showing) {
  const clips = pictures.map(({ clip }) => shown.clips.find(({ id }) => id === clip) ?? null);
  const [left, right] = clips;
  return (
    <>
      <ContrastFilters />
      <noscript>
        <p class="notice">
          Without scripts the first frame of each clip is shown. Moving, measuring and comparing frame by
          frame need scripts to be allowed for this page.
        </p>
      </noscript>
      <div class="panes" data-part="panes">
        {left && <PaneFigure index={0} clip={left} beside={right ?? null} frame={pictures[0].frame} />}
        {right && <PaneFigure index={1} clip={right} beside={left ?? null} frame={pictures[1].frame} />}
      </div>
    </>
  );
}

/** What was odd about the files of the two pictures, and why lengths in them cannot be measured. */
function Warnings({ shown, pictures }: Showing) {
  const ids = new Set(pictures.map(({ clip }) => clip));
  const notes = shown.clips.filter(({ id }) => ids.has(id)).flatMap(notesOn);
  if (notes.length === 0) return null;
  return (
    <details class="warnings small" open={notes.some(({ isScale }) => isScale)}>
      <summary>About these files</summary>
      <ul class="stack">
        {notes.map(({ words }) => (
          <li key={words} class="tiny soft">
            {words}
          </li>
        ))}
      </ul>
    </details>
  );
}

function notesOn({ number, regions, warnings }: ViewerClip) {
  const refused = regions.some(({ scale }) => scale) ? null : regions.find(({ refusal }) => refusal)?.refusal;
  const why = refused ? [`Lengths cannot be measured in it. ${refused.message}`] : [];
  return [
    ...why.map((words) => ({ words: `Clip ${number}: ${words}`, isScale: true })),
    ...warnings.map(({ message }) => ({ words: `Clip ${number}: ${message}`, isScale: false })),
  ];
}

function NoClips({ examId }: { readonly examId: string }) {
  return (
    <main id="main" class="v none" tabIndex={-1}>
      <div class="stack">
        <h2>No clips yet</h2>
        <p>
          Clips that the machine sends for this examination appear here by themselves. Files can also be added
          by hand, or may wait among those that nobody has been found for.
        </p>
        <p class="row">
          <a class="btn primary" href={examPath(examId)}>
            Add files
          </a>
          <a class="btn" href={ARRIVALS}>
            Clips that wait
          </a>
        </p>
      </div>
    </main>
  );
}

/** What the script needs; never run, so that no policy forbids it. */
function State({ value }: { readonly value: unknown }): ComponentChildren {
  const text = JSON.stringify(value).replaceAll('<', '\\u003c');
  return <script type="application/json" data-part="state" dangerouslySetInnerHTML={{ __html: text }} />;
}
