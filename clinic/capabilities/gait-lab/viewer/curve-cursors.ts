/** The marks of all plots of the page, at the moment that the walk shows. */
export interface CurveCursors {
  /** How far each leg is in its cycle; null hides its marks. */
  show(percent: { readonly left: number | null; readonly right: number | null }): void;
}

interface Mark {
  readonly side: 'left' | 'right';
  readonly group: SVGGElement;
  readonly point: SVGElement;
  readonly curve: readonly (readonly [x: number, y: number])[];
}

/** Finds every plot and reads its curves back from what is drawn. */
export function findCursors(page: ParentNode): CurveCursors {
  const marks = [...page.querySelectorAll<SVGGElement>('.plot .now')].flatMap(markOf);
  return {
    show(percent) {
      for (const { side, group, point, curve } of marks) {
        const place = at(curve, percent[side]);
        group.classList.toggle('seen', place !== null);
        if (!place) continue;
        group.setAttribute('transform', `translate(${place[0].toFixed(1)} 0)`);
        point.setAttribute('transform', `translate(0 ${place[1].toFixed(1)})`);
      }
    },
  };
}

function markOf(group: SVGGElement): Mark[] {
  const side = group.dataset.side === 'right' ? 'right' : 'left';
  const series = group.ownerSVGElement?.querySelector(`.series.${side}`)?.getAttribute('d');
  const point = group.querySelector<SVGElement>('circle, rect');
  if (!series || !point) return [];
  const numbers = (series.match(/-?[\d.]+/g) ?? []).map(Number);
  const curve = Array.from({ length: numbers.length / 2 }, (_, n) => {
    return [numbers[2 * n] ?? 0, numbers[2 * n + 1] ?? 0] as const;
  });
  return [{ side, group, point, curve }];
}

function at(
  curve: readonly (readonly [number, number])[],
  percent: number | null,
): readonly [number, number] | null {
  if (percent === null) return null;
  const place = (percent / 100) * (curve.length - 1);
  const [before, after] = [curve[Math.floor(place)], curve[Math.ceil(place)]];
  if (!before || !after) return null;
  const share = place - Math.floor(place);
  return [before[0] + share * (after[0] - before[0]), before[1] + share * (after[1] - before[1])];
}
