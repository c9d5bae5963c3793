import { connectControls, type ViewerParts } from '../viewer/controls.ts';
import { findCursors } from '../viewer/curve-cursors.ts';
import { cyclePercent, type MotionData } from '../viewer/motion.ts';
import { createPlayer } from '../viewer/player.ts';
import { createScene } from '../viewer/scene.ts';

const viewer = document.querySelector<HTMLElement>('[data-walk-viewer]');
if (viewer) void start(viewer);

/** Replaces the drawn figures by the walk in space; without WebGL, or without the motion, they stay. */
async function start(root: HTMLElement): Promise<void> {
  const parts = partsOf(root);
  const answer = await fetch(root.dataset.walkViewer ?? '', { credentials: 'same-origin' });
  if (!answer.ok || !parts) return;
  const motion = (await answer.json()) as MotionData;
  const drawn = [...parts.stage.childNodes];
  try {
    open(root, parts, motion);
  } catch {
    parts.stage.replaceChildren(...drawn);
  }
}

function open(root: HTMLElement, parts: ViewerParts, motion: MotionData): void {
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
  for (const part of root.querySelectorAll<HTMLElement>('[hidden]')) part.hidden = false;
  scene.look('three-quarter');
  player.go(motion.cycles.left[0]?.start ?? 0);
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  if ('plays' in root.dataset && !isCalm) player.play();
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
