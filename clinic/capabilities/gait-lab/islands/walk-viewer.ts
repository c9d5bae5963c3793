import { connectControls, type ViewerParts } from '../viewer/controls.ts';
import { findCursors } from '../viewer/curve-cursors.ts';
import { cyclePercent, firstFrame, type MotionData } from '../viewer/motion.ts';
import { createPlayer } from '../viewer/player.ts';
import { createScene } from '../viewer/scene.ts';

const viewer = document.querySelector<HTMLElement>('[data-walk-viewer]');
if (viewer) void start(viewer);

/** Replaces the drawn figures by the walk in space; without WebGL, or without the motion, they stay. */
async function start(root: HTMLElement): Promise<void> {
  const parts = partsOf(root);
  const motion = await fetchMotion(root.dataset.walkViewer ?? '');
  if (!motion || !parts) return;
  const drawn = [...parts.stage.childNodes];
  try {
    open(root, parts, motion);
  } catch {
    parts.stage.classList.remove('in-space');
    parts.stage.replaceChildren(...drawn);
    const fallback = root.querySelector<HTMLElement>('[data-part="fallback"]');
    if (fallback) fallback.hidden = false;
  }
}

async function fetchMotion(source: string): Promise<MotionData | null> {
  const answer = await fetch(source, { credentials: 'same-origin' }).catch(() => null);
  return answer?.ok ? ((await answer.json()) as MotionData) : null;
}

function open(root: HTMLElement, parts: ViewerParts, first: MotionData): void {
  let motion = first;
  parts.stage.classList.add('in-space');
  const scene = createScene(parts.stage, motion);
  const cursors = findCursors(document);
  const player = createPlayer(motion, {
    shown(frame) {
      const percent = {
        left: cyclePercent(motion, 'left', frame),
        right: cyclePercent(motion, 'right', frame),
      };
      scene.show(frame);
      cursors.show(percent);
      parts.moment.value = String(frame);
      parts.percent.value = inWords(percent);
      parts.moment.setAttribute('aria-valuetext', inWords(percent));
    },
    changed() {
      parts.play.textContent = player.playing ? 'Pause' : 'Play';
    },
  });
  connectControls(parts, player, scene);
  parts.stage.tabIndex = 0;
  parts.stage.setAttribute('role', 'application');
  parts.stage.setAttribute(
    'aria-label',
    'The walk in space. Space plays, arrows step, 1 side, 2 front, 3 top.',
  );
  for (const part of root.querySelectorAll<HTMLElement>('[hidden]'))
    part.hidden = part.dataset.part === 'fallback';
  chooseTrial(root, (next) => {
    motion = next;
    scene.load(next);
    player.load(next);
    parts.moment.max = String(next.frames - 1);
    player.go(firstFrame(next));
  });
  scene.look('three-quarter');
  player.go(firstFrame(motion));
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  if ('plays' in root.dataset && !isCalm) player.play();
}

/** Another trial takes the place of the one that is shown as soon as it has come. */
function chooseTrial(root: HTMLElement, show: (motion: MotionData) => void): void {
  const choice = root.querySelector<HTMLSelectElement>('[data-part="trial"]');
  const state = root.querySelector<HTMLElement>('[data-part="trial-state"]');
  const say = (words: string): void => {
    if (state) state.textContent = words;
  };
  choice?.addEventListener('change', async () => {
    const wanted = choice.value;
    say('Working it out …');
    const motion = await fetchMotion(wanted);
    if (choice.value !== wanted) return;
    say(motion ? '' : 'This trial could not be worked out; the one before stays.');
    if (motion) show(motion);
  });
}

function inWords({ left, right }: { left: number | null; right: number | null }): string {
  const words = [
    left === null ? null : `${Math.round(left)} % L`,
    right === null ? null : `${Math.round(right)} % R`,
  ];
  return words.filter(Boolean).join(' · ') || 'between strides';
}

function partsOf(root: HTMLElement): ViewerParts | null {
  const part = <E extends HTMLElement>(name: string): E | null =>
    root.querySelector<E>(`[data-part="${name}"]`);
  const [stage, views] = [part('stage'), part('views')];
  const [play, slow] = [part<HTMLButtonElement>('play'), part<HTMLButtonElement>('slow')];
  const [moment, percent] = [part<HTMLInputElement>('moment'), part<HTMLOutputElement>('percent')];
  return stage && views && play && slow && moment && percent
    ? { stage, views, play, slow, moment, percent }
    : null;
}
