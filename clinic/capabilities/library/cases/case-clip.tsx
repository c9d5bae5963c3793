import type { ClipWords } from './case-content.ts';
import { unitWords, withError } from './case-numbers.tsx';
import type { CaseClip, CasePicture } from './case-records.ts';

interface ClipProps {
  readonly clip: CaseClip;
  readonly words: ClipWords;
  readonly simulated: boolean;
  readonly locale: string;
  readonly srcOf: (clip: CaseClip, at: number) => string;
  /** All pictures one after the other, for the slider; none where only stills are shown. */
  readonly allHref: string;
}

/** The pictures that stand for rest and contraction, by their number. */
export function restAndContraction(clip: CaseClip): { readonly rest: number; readonly contraction: number } {
  const at = (frame: number) =>
    Math.max(
      0,
      clip.pictures.findIndex((picture) => picture.frame === frame),
    );
  return { rest: at(clip.restFrame), contraction: at(clip.contractionFrame) };
}

/** A clip that moves under the finger; without a script, its rest and contraction side by side. */
export function CaseClipFigure(props: ClipProps) {
  const { clip, words, simulated, locale, srcOf } = props;
  const { rest, contraction } = restAndContraction(clip);
  const still = (name: string, at: number, alt: string) => (
    <figure>
      <img
        src={srcOf(clip, at)}
        width={clip.width}
        height={clip.height}
        alt={alt}
        loading={clip.position === 0 ? undefined : 'lazy'}
      />
      <figcaption>
        {name} <StillValue picture={clip.pictures[at]} curve={words.curve} locale={locale} />
      </figcaption>
    </figure>
  );
  return (
    <figure class="case-clip" data-theme="imaging">
      <CaseStage {...props} />
      <div class="case-pair">
        {still('Rest', rest, `At rest. ${words.description}`)}
        {still('Contraction', contraction, 'In contraction, as described beside the picture at rest.')}
      </div>
      <figcaption class="case-caption">
        {simulated && <span class="badge">Simulated</span>} {words.caption}
      </figcaption>
      <details class="case-words">
        <summary>What can be seen, in words</summary>
        <p>{words.description}</p>
      </details>
    </figure>
  );
}

function StillValue(props: { picture: CasePicture | undefined; curve: ClipWords['curve']; locale: string }) {
  const { picture, curve, locale } = props;
  if (!curve || picture?.value == null) return null;
  return (
    <>
      <span class="soft">{curve.label.toLowerCase()}</span>{' '}
      <b>{withError(picture.value, picture.standardError, curve.unit, locale)}</b>
    </>
  );
}

/** What the script brings to life. It is drawn only where scripts run. */
function CaseStage({ clip, words, locale, srcOf, allHref }: ClipProps) {
  const { rest, contraction } = restAndContraction(clip);
  const last = clip.pictures.length - 1;
  const id = `slide-${clip.position}`;
  return (
    <div
      class="case-stage"
      data-all={allHref}
      data-rest={rest}
      data-contraction={contraction}
      data-locale={locale}
      data-label={words.curve?.label ?? ''}
      data-unit={words.curve ? unitWords(words.curve.unit) : ''}
      data-pictures={JSON.stringify(
        clip.pictures.map(({ offset, length, time, value, standardError }) => [
          ...[offset, length, time, value, standardError],
        ]),
      )}
    >
      <div class="case-frame">
        <img src={srcOf(clip, rest)} width={clip.width} height={clip.height} alt="" />
        <canvas width={clip.width} height={clip.height} hidden />
      </div>
      <p class="case-now">
        <output for={id} aria-live="off">
          Rest
        </output>
      </p>
      {words.curve && <CaseCurve clip={clip} curve={words.curve} locale={locale} />}
      <div class="case-slide">
        <label class="vh" for={id}>
          Move between rest and contraction
        </label>
        <input type="range" id={id} min={0} max={last} step={1} value={rest} disabled />
      </div>
      <div class="case-acts">
        <button type="button" data-go="rest" disabled>
          Rest
        </button>
        <button type="button" data-play disabled>
          Play
        </button>
        <button type="button" data-loop aria-pressed="false" disabled>
          Loop
        </button>
        <button type="button" data-go="contraction" disabled>
          Contraction
        </button>
      </div>
      <p class="case-state tiny soft" role="status" />
    </div>
  );
}

const WIDTH = 1000;
const HEIGHT = 200;

/** The measured value from picture to picture with its error; the line of the script's cursor stands where the slider is. */
function CaseCurve(props: { clip: CaseClip; curve: NonNullable<ClipWords['curve']>; locale: string }) {
  const { clip, curve, locale } = props;
  const { pictures } = clip;
  const top = Math.max(...pictures.map(({ value, standardError }) => (value ?? 0) + (standardError ?? 0)), 0);
  if (top <= 0) return null;
  const ceiling = niceCeiling(top);
  const x = (at: number) => Math.round((at / Math.max(1, pictures.length - 1)) * WIDTH);
  const y = (value: number) => Math.round(HEIGHT - (Math.max(0, value) / ceiling) * HEIGHT);
  const { rest } = restAndContraction(clip);
  return (
    <div class="case-curve">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path class="grid" d={`M0 ${HEIGHT / 2}H${WIDTH}`} />
        {runsOf(pictures).map((run) => (
          <g key={run[0]}>
            <path
              class="case-error"
              d={`${run.map((at, n) => `${n === 0 ? 'M' : 'L'}${x(at)} ${y(upper(pictures[at]))}`).join('')}${run
                .toReversed()
                .map((at) => `L${x(at)} ${y(lower(pictures[at]))}`)
                .join('')}Z`}
            />
            <path
              class="case-line"
              d={run.map((at, n) => `${n === 0 ? 'M' : 'L'}${x(at)} ${y(pictures[at]?.value ?? 0)}`).join('')}
            />
          </g>
        ))}
        <path class="cursor" d={`M${x(rest)} 0V${HEIGHT}`} />
      </svg>
      <span class="tiny case-top">
        {curve.label}, {withError(ceiling, null, curve.unit, locale).replace(/[.,]0+(?=\s|$)/, '')}
      </span>
      <span class="tiny case-bottom">0</span>
    </div>
  );
}

function upper(picture: CasePicture | undefined): number {
  return (picture?.value ?? 0) + (picture?.standardError ?? 0);
}

function lower(picture: CasePicture | undefined): number {
  return (picture?.value ?? 0) - (picture?.standardError ?? 0);
}

/** Stretches of pictures that have a value: a lost stretch is a gap in the line. */
function runsOf(pictures: readonly CasePicture[]): readonly (readonly number[])[] {
  const runs: number[][] = [];
  pictures.forEach(({ value }, at) => {
    if (value === null) return;
    const run = runs.at(-1);
    if (run && run.at(-1) === at - 1) run.push(at);
    else runs.push([at]);
  });
  return runs;
}

/** 1, 2 or 5 times a power of ten, or 3 and 4 times it, not below `value`. */
function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((one) => one * power >= value) ?? 10;
  return step * power;
}
