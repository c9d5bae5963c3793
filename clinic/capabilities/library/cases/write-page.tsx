import type { FormErrors } from '../../../platform/web/form.ts';
import { Notice } from '../../../platform/web/layout/index.ts';
import { type ClipFacts, framePicturePath } from '../../imaging/index.ts';
import { SelectField, TextArea, TextField } from '../../settings/index.ts';
import { type CaseContent, NO_CLIP_WORDS } from './case-content.ts';
import { withError } from './case-numbers.tsx';
import type { CaseClip } from './case-records.ts';
import { type FollowedMeasure, presetFrames } from './clip-presets.ts';
import { numberKey } from './exam-of-case.ts';
import { TELL_WORDS, type Tell } from './find-tells.ts';
import { MOST_CLIPS } from './make-case.ts';
import { deskCasePath, deskPicturePath } from './paths.ts';

export interface WritePageProps {
  readonly caseId: string;
  readonly content: CaseContent;
  readonly clips: readonly CaseClip[];
  /** Of the examination. */
  readonly stored: readonly ClipFacts[];
  readonly measures: readonly FollowedMeasure[];
  readonly numbers: CaseContent['numbers'];
  readonly tells: readonly Tell[];
  readonly obstacles: readonly string[];
  /** What was posted and could not be used; null where nothing was. */
  readonly posted: { readonly part: 'words' | 0 | 1; readonly form: FormErrors } | null;
  readonly locale: string;
}

/** The version that is being written: pictures first, then words, then what is still in the way. */
export function WritePage(props: WritePageProps) {
  const { caseId, clips, obstacles } = props;
  const positions = Array.from({ length: Math.min(MOST_CLIPS, clips.length + 1) }, (_, at) => at);
  return (
    <>
      {positions.map((at) => (
        <ClipPart key={at} {...props} position={at} />
      ))}
      <WordsPart {...props} />
      <section class="card stack" aria-labelledby="send">
        <h2 id="send">Hand it to a second person</h2>
        {obstacles.length > 0 ? (
          <>
            <p>Still in the way:</p>
            <ul class="bullets">
              {obstacles.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </>
        ) : (
          <form method="post" action={deskCasePath(caseId, 'send')} class="stack">
            <p class="small">From then on this version stays as it is. A change is a new version.</p>
            <p>
              <button type="submit" class="primary">
                Send to review
              </button>
            </p>
          </form>
        )}
      </section>
    </>
  );
}

function ClipPart(props: WritePageProps & { position: number }) {
  const { caseId, clips, stored, measures, posted, position } = props;
  const clip = clips.find((one) => one.position === position);
  const form: FormErrors =
    posted?.part === position ? posted.form : { values: valuesOf(clip, stored, measures), errors: {} };
  const options = stored.map(({ id, label, role, frames, says }) => ({
    value: id,
    label: `${[label, role].filter(Boolean).join(', ') || 'Clip'}, ${frames} frames${says.burnedIn ? ', writing in the picture' : ''}`,
  }));
  return (
    <section class="card stack" aria-labelledby={`clip-${position}`}>
      <h2 id={`clip-${position}`}>{position === 0 ? 'First clip' : 'Second clip (optional)'}</h2>
      {clip && <PicturesOfClip caseId={caseId} clip={clip} />}
      <form
        method="post"
        action={deskCasePath(caseId, `clips/${position}`)}
        class="stack settings"
        novalidate
      >
        {posted?.part === position && posted.form.errors.form && (
          <Notice kind="danger" title={posted.form.errors.form} live />
        )}
        <SelectField form={form} name="instance" label="Clip" options={options} />
        <div class="case-frames">
          <TextField form={form} name="first" label="First frame" type="number" />
          <TextField form={form} name="rest" label="Rest" type="number" />
          <TextField form={form} name="contraction" label="Contraction" type="number" />
          <TextField form={form} name="last" label="Last frame" type="number" />
        </div>
        <BlackPart stored={stored} frame={Number(form.values.rest ?? 1)} />
        <TextArea
          form={form}
          name="blacked"
          label="Make black"
          hint="Everything outside of the ultrasound’s own area is left out already. Draw on the picture, or write one area a line, in pixels of the stored frame: left, top, right, bottom."
          rows={2}
          optional
        />
        <p class="row">
          <button type="submit" class={clip ? undefined : 'primary'}>
            {clip ? 'Make the pictures again' : 'Make the pictures'}
          </button>
        </p>
      </form>
      {clip && position > 0 && (
        <form method="post" action={deskCasePath(caseId, 'clips/take-out')}>
          <button type="submit" class="quiet">
            Take this clip out
          </button>
        </form>
      )}
    </section>
  );
}

/** Where areas are drawn with a pointer; without a script, or by keyboard, the lines of numbers below do the same. */
function BlackPart({ stored, frame }: { stored: readonly ClipFacts[]; frame: number }) {
  const shown = stored.map(({ id, width, height, frames }) => ({
    ...{ id, width, height },
    src: framePicturePath(id, Math.max(0, Math.min(frames, frame || 1) - 1)),
  }));
  return (
    <div class="case-black" data-black={JSON.stringify(shown)} data-theme="imaging" hidden>
      <div class="case-black-frame">
        {/* its picture comes with the clip that is chosen */}
        <img alt="The stored frame, on which areas are made black" />
        <svg aria-hidden="true" preserveAspectRatio="none" />
      </div>
      <p class="row">
        <button type="button">Take the last area back</button>
      </p>
    </div>
  );
}

function valuesOf(
  clip: CaseClip | undefined,
  stored: readonly ClipFacts[],
  measures: readonly FollowedMeasure[],
): FormErrors['values'] {
  const first = stored.find(({ id }) => measures.some((one) => one.instanceId === id)) ?? stored[0];
  const frames =
    clip ??
    (first &&
      presetFrames(
        first,
        measures.find(({ instanceId }) => instanceId === first.id),
      ));
  if (!frames) return {};
  return {
    instance: clip?.instanceId ?? first?.id ?? '',
    first: String(frames.firstFrame + 1),
    last: String(frames.lastFrame + 1),
    rest: String(frames.restFrame + 1),
    contraction: String(frames.contractionFrame + 1),
    blacked: clip?.blacked.map((area) => area.join(', ')).join('\n') ?? '',
  };
}

/** Every picture as the public would see it. */
export function PicturesOfClip({ caseId, clip }: { caseId: string; clip: CaseClip }) {
  const bytes = clip.pictures.reduce((sum, { length }) => sum + length, 0);
  return (
    <>
      <ol class="case-pictures" data-theme="imaging">
        {clip.pictures.map(({ frame }, at) => (
          <li key={frame}>
            <img
              src={deskPicturePath(caseId, clip, at)}
              width={clip.width}
              height={clip.height}
              alt={`Frame ${frame + 1}`}
              loading="lazy"
            />
            <span class="tiny">
              {frame + 1}
              {frame === clip.restFrame && ' rest'}
              {frame === clip.contractionFrame && ' contraction'}
            </span>
          </li>
        ))}
      </ol>
      <p class="tiny soft">
        {clip.pictures.length} pictures of {clip.width} × {clip.height}, {Math.round(bytes / 1000)} kB in all.
      </p>
    </>
  );
}

function WordsPart({ caseId, content, clips, numbers, tells, posted, locale }: WritePageProps) {
  const form: FormErrors =
    posted?.part === 'words' ? posted.form : { values: valuesOfContent(content), errors: {} };
  return (
    <form
      method="post"
      action={deskCasePath(caseId, 'words')}
      class="card stack settings"
      aria-labelledby="words"
      data-case-words
      novalidate
    >
      <h2 id="words">Words</h2>
      <TextField form={form} name="title" label="Title" max={120} />
      <TextArea form={form} name="summary" label="What it shows, in two or three sentences" rows={3} />
      <TextArea
        form={form}
        name="text"
        label="Text"
        hint="Plain words. Leave an empty line between paragraphs."
        rows={9}
      />
      {clips.map(({ position }) => (
        <fieldset key={position} class="stack">
          <legend>{position === 0 ? 'First clip' : 'Second clip'}</legend>
          <TextField form={form} name={`caption-${position}`} label="Caption" max={300} />
          <TextArea
            form={form}
            name={`description-${position}`}
            label="What can be seen"
            hint="For those who cannot see it: what lies where, and what changes."
            rows={3}
          />
        </fieldset>
      ))}
      <Numbers content={content} numbers={numbers} locale={locale} />
      <SelectField
        form={form}
        name="reading"
        label="Read on"
        optional
        options={[
          { value: '', label: 'No article' },
          { value: 'contraction', label: 'Look at the muscle while it contracts' },
          { value: 'back-pain', label: 'Back pain after having a baby' },
          { value: 'lifting', label: 'Lifting and holding a child' },
        ]}
      />
      {tells.length > 0 && <Tells tells={tells} letStand={content.letStand} />}
      <p class="row">
        <button type="submit" class="primary">
          Save
        </button>
      </p>
    </form>
  );
}

function valuesOfContent(content: CaseContent): FormErrors['values'] {
  const [first, second] = [content.clips[0] ?? NO_CLIP_WORDS, content.clips[1] ?? NO_CLIP_WORDS];
  return {
    title: content.title,
    summary: content.summary,
    text: content.text,
    'caption-0': first.caption,
    'caption-1': second.caption,
    'description-0': first.description,
    'description-1': second.description,
    reading: content.reading ?? '',
  };
}

function Numbers(props: Pick<WritePageProps, 'content' | 'numbers' | 'locale'>) {
  const { content, numbers, locale } = props;
  if (numbers.length === 0) return null;
  const chosen = new Set(content.numbers.map(numberKey));
  return (
    <fieldset class="picks">
      <legend>Numbers of the signed report</legend>
      {numbers.map((number) => (
        <label class="pick" key={numberKey(number)}>
          <input
            type="checkbox"
            name="numbers"
            value={numberKey(number)}
            checked={chosen.has(numberKey(number))}
          />
          {number.label}: {withError(number.value, number.standardError, number.unit, locale)}
        </label>
      ))}
    </fieldset>
  );
}

/** What the search found. Names must go; a place or a date may stand when somebody looked at it. */
function Tells({ tells, letStand }: { tells: readonly Tell[]; letStand: readonly string[] }) {
  const stands = new Set(letStand.map((one) => one.toLowerCase()));
  return (
    <fieldset class="picks case-tells">
      <legend>Could tell who it is</legend>
      {tells.map(({ kind, found, mayStand }) =>
        mayStand ? (
          <label class="pick" key={found}>
            <input type="checkbox" name="stands" value={found} checked={stands.has(found.toLowerCase())} />“
            {found}” could be {TELL_WORDS[kind]}. I looked at it, and it tells nothing.
          </label>
        ) : (
          <p key={found} class="notice" data-kind="danger">
            <strong>
              “{found}” could be {TELL_WORDS[kind]}. Take it out.
            </strong>
          </p>
        ),
      )}
    </fieldset>
  );
}
