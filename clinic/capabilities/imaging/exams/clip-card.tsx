import type { ClipFacts } from '../core/clip-facts.ts';
import type { Exam } from '../core/exam.ts';
import { clipPath, examPath } from '../core/paths.ts';
import { framePicturePath } from '../papers/frame-routes.ts';
import { clipFactsLine, ROLES, SOURCES, scaleWords } from './clip-words.ts';

/** A clip of an examination: its first frame, what it shows, and what must be known before measuring in it. */
export function ClipCard({ exam, clip, place }: { exam: Exam; clip: ClipFacts; place: number }) {
  const name = clip.label || `Clip ${place}`;
  return (
    <li class="us-clip" id={`clip-${clip.id}`}>
      <a href={examPath(exam.id, 'view')} class="us-thumb">
        <Thumbnail clip={clip} />
        <span class="vh">Look at {name}</span>
      </a>
      <div class="stack">
        <p>
          <b>{name}</b>{' '}
          {clip.role && (
            <span class="badge" data-kind="plain">
              {ROLES[clip.role]}
            </span>
          )}{' '}
          {clip.side && (
            <span class="badge" data-kind="plain">
              {clip.side}
            </span>
          )}
        </p>
        <p class="soft tiny">
          {clipFactsLine(clip)}, {SOURCES[clip.source]}
          {clip.matchedBy === 'worklist' ? ', matched by the worklist' : ', confirmed by a person'}
        </p>
        <ScaleLine clip={clip} />
        {clip.warnings.length > 0 && (
          <ul class="us-warnings tiny">
            {clip.warnings.map(({ code, message }) => (
              <li key={message} data-strong={code === 'says-another-person' ? '' : undefined}>
                {message}
              </li>
            ))}
          </ul>
        )}
        <DescribeForm exam={exam} clip={clip} name={name} />
        <AboutClip exam={exam} clip={clip} name={name} />
      </div>
    </li>
  );
}

export function Thumbnail({ clip }: { clip: Pick<ClipFacts, 'id' | 'width' | 'height'> }) {
  const width = 160;
  return (
    <img
      src={framePicturePath(clip.id, 0, width)}
      width={width}
      height={Math.round((width * clip.height) / clip.width)}
      alt=""
      loading="lazy"
      decoding="async"
    />
  );
}

function ScaleLine({ clip }: { clip: ClipFacts }) {
  const { measurable, words } = scaleWords(clip);
  return measurable ? <p class="soft tiny">{words}</p> : <p class="us-unscaled tiny">{words}</p>;
}

function DescribeForm({ exam, clip, name }: { exam: Exam; clip: ClipFacts; name: string }) {
  const id = (field: string) => `${field}-${clip.id}`;
  return (
    <form method="post" action={clipPath(exam.id, clip.id)} class="us-describe">
      <label for={id('role')}>
        Shows<span class="vh"> in {name}</span>
      </label>
      <select id={id('role')} name="role">
        <option value="">not said</option>
        {Object.entries(ROLES).map(([role, words]) => (
          <option key={role} value={role} selected={clip.role === role}>
            {words}
          </option>
        ))}
      </select>
      <label for={id('side')}>
        Side<span class="vh"> of {name}</span>
      </label>
      <select id={id('side')} name="side">
        <option value="">{exam.side ? `as examined (${exam.side})` : 'not said'}</option>
        <option value="left" selected={clip.side === 'left'}>
          Left
        </option>
        <option value="right" selected={clip.side === 'right'}>
          Right
        </option>
      </select>
      <label for={id('label')}>
        Name<span class="vh"> for {name}</span>
      </label>
      <input id={id('label')} name="label" maxLength={120} value={clip.label} autocomplete="off" />
      <button type="submit">
        Save<span class="vh"> {name}</span>
      </button>
    </form>
  );
}

/** The scale by hand, the file as it came, and the way out of a wrong examination. */
function AboutClip({ exam, clip, name }: { exam: Exam; clip: ClipFacts; name: string }) {
  const path = clipPath(exam.id, clip.id);
  return (
    <details>
      <summary>
        {mayBeScaled(clip) ? 'File and scale' : 'The file'}
        <span class="vh"> of {name}</span>
      </summary>
      <div class="stack">
        <SayLine clip={clip} />
        {mayBeScaled(clip) && <ScaleForm clip={clip} path={path} name={name} />}
        <p>
          <a class="inline-link" href={clipPath(exam.id, clip.id, 'file')} download>
            Save the original of {name}
          </a>
        </p>
        <p class="tiny soft us-hash">
          SHA-256 <code>{clip.sha256}</code>
        </p>
        <form method="post" action={`${path}/out`} class="row">
          <p class="soft tiny">
            Does it belong elsewhere? It waits again then, and what was marked in it here is taken back.
          </p>
          <button type="submit" class="push">
            Take out<span class="vh"> {name}</span>
          </button>
        </form>
      </div>
    </details>
  );
}

/** A scale that the machine gave is better than one that is drawn. */
function mayBeScaled({ setScale, regions }: ClipFacts): boolean {
  return setScale !== null || regions.every(({ scale }) => scale === null);
}

function SayLine({ clip: { says, format } }: { clip: ClipFacts }) {
  if (format === 'still') return <p class="tiny soft">A picture says nothing of whom it shows.</p>;
  const machine = [says.manufacturer, says.model].filter(Boolean).join(' ');
  const said = [
    says.name && `name ${says.name.replaceAll('^', ' ').trim()}`,
    says.patientId && `patient id ${says.patientId}`,
    says.accession && `number ${says.accession}`,
    machine && `machine ${machine}`,
    says.burnedIn && 'writing about the person is part of the picture',
  ].filter(Boolean);
  return <p class="tiny soft us-hash">The file says: {said.join('; ') || 'nothing'}.</p>;
}

function ScaleForm({ clip, path, name }: { clip: ClipFacts; path: string; name: string }) {
  const at = (x: number | undefined, y: number | undefined) => [x ?? '', y ?? ''] as const;
  const [fromX, fromY] = at(clip.setScale?.from.x, clip.setScale?.from.y);
  const [toX, toY] = at(clip.setScale?.to.x, clip.setScale?.to.y);
  const number = (field: string, label: string, value: number | string, max: number, step = '0.1') => (
    <label class="us-number">
      {label}
      <span class="vh"> in {name}</span>
      <input type="number" name={field} value={value} min={0} max={max} step={step} required />
    </label>
  );
  return (
    <form method="post" action={`${path}/scale`} class="us-scale">
      <p class="tiny soft">
        A known distance sets the scale, such as two marks of the ruler beside the picture. It is easiest in
        the viewer; here it is typed, in pixels from the picture’s top left.
      </p>
      {number('fromX', 'From x', fromX, clip.width - 1)}
      {number('fromY', 'From y', fromY, clip.height - 1)}
      {number('toX', 'To x', toX, clip.width - 1)}
      {number('toY', 'To y', toY, clip.height - 1)}
      {number('mm', 'Distance in mm', clip.setScale?.mm ?? '', 500)}
      <div class="row">
        <button type="submit">
          Set the scale<span class="vh"> of {name}</span>
        </button>
        {clip.setScale && (
          <button type="submit" formAction={`${path}/scale/remove`} formNoValidate>
            Remove it<span class="vh"> from {name}</span>
          </button>
        )}
      </div>
    </form>
  );
}
