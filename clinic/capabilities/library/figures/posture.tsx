import { Dot } from '../../../platform/web/figures/dot.tsx';
import {
  linePath,
  outline,
  type Point,
  point,
  short,
  smoothPath,
} from '../../../platform/web/figures/geometry.ts';
import { PlumbLine } from './figure.tsx';

/** Side view of a trunk: outline, pelvis, sacrum and eleven vertebrae with their tilt, in drawing units. */
interface Trunk {
  readonly back: readonly Point[];
  readonly front: readonly Point[];
  readonly pelvis: readonly Point[];
  readonly sacrum: readonly Point[];
  readonly vertebrae: readonly (readonly [x: number, y: number, tiltDeg: number])[];
  readonly wall: readonly Point[];
  readonly massAt: Point;
  readonly hip: Point;
}

/** Reads `x y tilt, x y tilt`. */
const tilted = (text: string): Trunk['vertebrae'] =>
  text.split(',').map((item) => {
    const [x = 0, y = 0, tiltDeg = 0] = item.trim().split(' ').map(Number);
    return [x, y, tiltDeg];
  });

const BEFORE: Trunk = {
  back: outline(
    '126 14, 120 52, 123 95, 134 141, 144 176, 137 213, 110 254, 105 282, 117 312, 130 338, ' + '135 370',
  ),
  front: outline('222 370, 220 338, 217 297, 221 260, 223 228, 219 187, 218 149, 224 106, 229 63, 222 14'),
  pelvis: outline(
    '146 236, 155 217, 180 208, 202 219, 209 234, 198 245, 189 258, 189 273, 204 284, 209 293, ' +
      '200 297, 182 290, 177 303, 164 310, 157 297, 162 282, 157 267, 146 254',
  ),
  sacrum: outline(
    '142 230, 133 245, 124 262, 120 279, 125 292, 130 296, 133 291, 131 284, 134 275, 142 262, ' +
      '154 248, 161 238, 159 230, 152 226',
  ),
  vertebrae: tilted(
    '151 22 9, 148 44 8, 146 65 2, 146 86 -4, 148 107 -10, 153 127 -16, ' +
      '159 148 -13, 164 168 -11, 166 190 5, 163 210 14, 154 230 29',
  ),
  wall: outline('219 135, 217 165, 219 198, 219 230, 212 258'),
  massAt: point(177, 204),
  hip: point(174, 275),
};

const AFTER: Trunk = {
  back: outline(
    '121 14, 115 52, 117 95, 133 135, 156 176, 146 215, 110 252, 100 280, 112 312, 128 338, ' + '135 370',
  ),
  front: outline('222 370, 220 338, 219 301, 231 271, 254 236, 259 200, 247 163, 231 127, 231 79, 222 14'),
  pelvis: outline(
    '153 232, 166 215, 192 211, 212 226, 215 242, 202 250, 191 261, 188 276, 201 290, 204 299, ' +
      '194 301, 178 292, 171 304, 156 308, 152 294, 160 280, 158 264, 150 249',
  ),
  sacrum: outline(
    '153 228, 141 238, 128 252, 119 266, 118 280, 121 287, 126 284, 127 275, 133 267, 145 258, ' +
      '160 249, 170 240, 169 231, 164 226',
  ),
  vertebrae: tilted(
    '147 22 12, 142 44 9, 140 66 1, 141 88 -8, 147 109 -21, 156 129 -26, ' +
      '166 149 -29, 176 168 -20, 179 190 4, 176 212 18, 164 230 38',
  ),
  wall: outline('228 135, 241 167, 251 200, 246 234, 223 265'),
  massAt: point(211, 206),
  hip: point(173, 275),
};

/** Numbered pointers on the second drawing; their texts stand in the legend below it. */
const POINTERS: readonly { readonly number: number; readonly to: Point; readonly at: Point }[] = [
  { number: 1, to: point(150, 256), at: point(70, 286) },
  { number: 2, to: point(256, 187), at: point(305, 167) },
  { number: 3, to: point(168, 178), at: point(72, 165) },
  { number: 4, to: point(221, 208), at: point(305, 226) },
];

/** A trunk before pregnancy and seven weeks after birth, with a plumb line through the hip. */
export function PostureBeforeAndAfter() {
  return (
    <figure class="diagram">
      <div class="two">
        <div>
          <p class="over">Before pregnancy</p>
          <svg viewBox="94 0 168 382" width="168" height="382" role="img" aria-label={BEFORE_DESCRIPTION}>
            <TrunkDrawing trunk={BEFORE} />
          </svg>
        </div>
        <div>
          <p class="over">Seven weeks after birth</p>
          <svg viewBox="52 0 274 382" width="274" height="382" role="img" aria-label={AFTER_DESCRIPTION}>
            <TrunkDrawing trunk={AFTER} loose />
            <path d="M184 206H196" stroke="var(--ink)" stroke-width="2" />
            <path d="M193 201l8 5-8 5z" fill="var(--ink)" />
            {POINTERS.map(({ number, to, at }) => (
              <g key={number}>
                <path d={linePath([to, at])} stroke="var(--ink)" />
                <Dot at={at} r={15} fill="var(--ink)" />
                <text
                  x={at.x}
                  y={at.y + 6}
                  text-anchor="middle"
                  font-size="17"
                  font-weight="650"
                  fill="var(--paper)"
                >
                  {number}
                </text>
              </g>
            ))}
          </svg>
        </div>
      </div>
      <ol class="legend small">
        <li>
          <b>Loose ligaments.</b> Hormones soften the bands that tie the pelvis to the spine. They tighten
          again over months.
        </li>
        <li>
          <b>A stretched wall.</b> The deepest abdominal muscle wraps you like a belt. Long and thin, it holds
          less.
        </li>
        <li>
          <b>A deeper curve.</b> The lower spine bends further in, and its small joints press together.
        </li>
        <li>
          <b>Weight in front.</b> Your centre of gravity has moved forward. Back muscles work all day to keep
          you upright.
        </li>
      </ol>
      <figcaption class="tiny">
        Drawing, not to scale; the shift is exaggerated to be seen. The dashed line is a plumb line through
        the hip.
      </figcaption>
    </figure>
  );
}

const BEFORE_DESCRIPTION =
  'Side view. The centre of gravity lies over the hip joint, the abdominal muscle is thick, the ligaments of the pelvis are tight.';
const AFTER_DESCRIPTION =
  'Side view. The lower spine curves more, the abdominal wall is stretched, the ligaments of the pelvis are loose, the centre of gravity lies in front of the hip joint.';

function TrunkDrawing({ trunk, loose = false }: { trunk: Trunk; loose?: boolean }) {
  const { back, front, pelvis, sacrum, vertebrae, wall, massAt, hip } = trunk;
  const outline = `${smoothPath(back)}L${smoothPath(front).slice(1)}Z`;
  return (
    <>
      <path d={outline} fill="var(--body)" />
      <g fill="var(--bone)" stroke="var(--ink-2)" stroke-width="1.3">
        <path d={smoothPath(pelvis, true)} opacity="0.75" />
        <Dot at={hip} r={10.5} />
      </g>
      {vertebrae.map(([x, y, tiltDeg], i) => (
        <Vertebra key={y} x={x} y={y} tiltDeg={tiltDeg} depth={7.5 + i * 0.45} lumbar={i > 5} />
      ))}
      <path d={smoothPath(sacrum, true)} fill="var(--surface)" stroke="var(--ink)" stroke-width="1.7" />
      <path
        d={[245, 254, 263].map((y, i) => ligament(y, 137 - i * 4, loose)).join('')}
        fill="none"
        stroke="var(--accent)"
        stroke-width="2"
      />
      <path
        d={smoothPath(wall)}
        fill="none"
        stroke="var(--contraction)"
        stroke-width={loose ? 3.5 : 6}
        stroke-linecap="round"
        stroke-dasharray={loose ? '9 6' : undefined}
      />
      <path d="M175.2 4V370" stroke="var(--accent)" stroke-width="1.2" stroke-dasharray="6 4" />
      <PlumbLine x={175.2} top={366} floor={370} />
      <CentreOfGravity at={massAt} />
    </>
  );
}

function Vertebra(props: { x: number; y: number; tiltDeg: number; depth: number; lumbar: boolean }) {
  const { x, y, tiltDeg, depth, lumbar } = props;
  const behind = -depth;
  return (
    <g transform={`translate(${x} ${y}) rotate(${tiltDeg})`}>
      <path
        d={`M${short(behind)} -2C${short(behind - 9)} -1 ${short(behind - 15)} 4 ${short(behind - 17)} 9`}
        fill="none"
        stroke="var(--ink-2)"
        stroke-width="3.2"
        stroke-linecap="round"
        opacity="0.55"
      />
      <rect
        x={short(behind)}
        y="-7.5"
        width={short(depth * 2)}
        height="15"
        rx="3.5"
        fill={lumbar ? 'var(--surface)' : 'var(--bone)'}
        stroke={lumbar ? 'var(--ink)' : 'var(--ink-2)'}
        stroke-width={lumbar ? 1.7 : 1.1}
      />
    </g>
  );
}

/** A tight band is straight, a loose one waves. */
function ligament(y: number, x: number, loose: boolean): string {
  if (!loose) return `M${x} ${y}H${x + 28}`;
  const wave = Array.from({ length: 13 }, (_, i) =>
    point(x + i * 2.5, y + 3.6 * Math.sin((i * Math.PI) / 2)),
  );
  return smoothPath(wave);
}

function CentreOfGravity({ at }: { at: Point }) {
  return (
    <g transform={`translate(${at.x} ${at.y})`}>
      <circle r="9" fill="var(--surface)" stroke="var(--ink)" stroke-width="1.8" />
      <path d="M0 0V-9A9 9 0 0 1 9 0ZM0 0V9A9 9 0 0 1 -9 0Z" fill="var(--ink)" />
    </g>
  );
}
