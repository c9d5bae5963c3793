import { type Camera, Vector3 } from 'three';
import type { ForceArrow } from './body.ts';

/** Less than this is the beginning or the end of a step, where a number would only flicker. */
const LEAST_PERCENT = 10;

/** The numbers beside the arrows of the forces: "98 % body weight". */
export interface ForceLabels {
  /** Puts each number beside the tip of its arrow, as the camera sees it. */
  place(arrows: readonly ForceArrow[], camera: Camera): void;
}

/** Two labels over the picture. They say what the arrows show, so a screen reader is spared them. */
export function createForceLabels(stage: HTMLElement): ForceLabels {
  const labels = [0, 1].map(() => {
    const label = document.createElement('p');
    label.className = 'force-label';
    label.ariaHidden = 'true';
    label.hidden = true;
    stage.append(label);
    return label;
  });
  const seen = new Vector3();
  return {
    place(arrows, camera) {
      for (const [index, label] of labels.entries()) {
        const arrow = arrows[index];
        const percent = arrow?.percent() ?? null;
        label.hidden = percent === null || percent < LEAST_PERCENT;
        if (!arrow || percent === null || label.hidden) continue;
        seen.copy(arrow.tip).project(camera);
        // The body stands in the middle: the number is laid away from it.
        const tip = ((seen.x + 1) / 2) * stage.clientWidth;
        label.textContent = `${Math.round(percent)} % body weight`;
        const isLeft = tip < stage.clientWidth / 2;
        const x = isLeft ? tip - label.offsetWidth - 10 : tip + 10;
        const y = ((1 - seen.y) / 2) * stage.clientHeight - 10;
        const most = stage.clientWidth - label.offsetWidth - 2;
        label.style.transform = `translate(${Math.max(0, Math.min(x, most)).toFixed(1)}px, ${Math.max(0, y).toFixed(1)}px)`;
      }
    },
  };
}
