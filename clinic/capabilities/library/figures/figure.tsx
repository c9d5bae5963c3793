import { Dot } from '../../../platform/web/figures/dot.tsx';
import { linePath, type Point, short, smoothPath } from '../../../platform/web/figures/geometry.ts';
import { type Child, type Joints, outlinesOf } from './body.ts';

/** One body with what it carries, as an SVG group. */
export function BodyFigure(props: {
  joints: Joints;
  child?: Child | undefined;
  opacity?: number;
  /** `bun` by default; `short` for a figure without one. */
  hair?: 'bun' | 'short';
}) {
  const { joints, child, opacity = 1, hair = 'bun' } = props;
  const lines = outlinesOf(joints);
  return (
    <g opacity={opacity}>
      <path fill="var(--body)" d={lines.parts.join('')} />
      <path fill="var(--body-2)" d={lines.hair} />
      {hair === 'bun' && <Dot at={lines.bun} r={8.6} fill="var(--body-2)" />}
      {child && <ChildFigure child={child} />}
      <path fill="var(--body)" d={lines.arm.join('')} />
    </g>
  );
}

/** A carried child: mulberry body, head in the darker skin tone. */
export function ChildFigure({ child }: { child: Child }) {
  return (
    <>
      <path d={child.body} fill="var(--accent)" />
      <Dot at={child.head} r={14.8} fill="var(--body-2)" />
    </>
  );
}

/** The measured line through ankle, knee, hip and spine, with its joints; the arm on request. */
export function Skeleton(props: { joints: Joints; opacity?: number; weight?: number; arm?: boolean }) {
  const { joints: j, opacity = 1, weight = 2.2, arm = true } = props;
  const spine = [j.hip, j.waist, j.chest, j.shoulder, j.neck];
  const dots = [j.ankle, j.knee, j.hip, j.shoulder, ...(arm ? [j.elbow, j.wrist] : [])];
  return (
    <g opacity={opacity}>
      <g fill="none" stroke="var(--ink)" stroke-width={weight} stroke-linecap="round" stroke-linejoin="round">
        <path d={linePath([j.ankle, j.knee, j.hip])} />
        <path d={smoothPath(spine)} />
        {arm && <path d={linePath([j.shoulder, j.elbow, j.wrist])} />}
      </g>
      <g fill="var(--surface)" stroke="var(--ink)" stroke-width={weight * 0.8}>
        {dots.map((at) => (
          <Dot key={`${at.x} ${at.y}`} at={at} r={weight * 1.65} />
        ))}
      </g>
    </g>
  );
}

/** The path of one joint or load, with a ring at each stage. */
export function Track(props: { points: readonly Point[]; stroke: string; dashed?: boolean }) {
  const { points, stroke, dashed } = props;
  return (
    <>
      <path
        d={smoothPath(points)}
        fill="none"
        stroke={stroke}
        stroke-width="1.5"
        stroke-dasharray={dashed ? '2 5' : undefined}
      />
      <g fill="var(--surface)" stroke={stroke} stroke-width="1.5">
        {points.map((at) => (
          <Dot key={`${at.x} ${at.y}`} at={at} r={3.2} />
        ))}
      </g>
    </>
  );
}

/** The plumb line: upright, or now. Ends in a small weight on the floor. */
export function PlumbLine(props: { x: number; top: number; floor: number }) {
  const { x, top, floor } = props;
  return (
    <>
      <path d={`M${short(x)} ${top}V${floor}`} stroke="var(--accent)" stroke-width="1.25" />
      <path d={`M${short(x - 4)} ${floor}h8l-4 9z`} fill="var(--accent)" />
    </>
  );
}
