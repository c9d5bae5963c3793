interface Grade {
  readonly name: string;
  readonly fromWeek: number;
  readonly toWeek: number;
  /** The upper end is open. */
  readonly open?: boolean;
}

/** Usual ranges by the grade found on clinical examination; sources stand with the article. */
const GRADES: readonly Grade[] = [
  { name: 'Grade I', fromWeek: 1, toWeek: 3 },
  { name: 'Grade II', fromWeek: 3, toWeek: 6 },
  { name: 'Grade III', fromWeek: 6, toWeek: 12, open: true },
];
const LOOK_WEEK = 1;

const xOf = (week: number) => 66 + week * 22;

/** Ranges of recovery by grade, and day 7, when strength is looked at again. */
export function StrainRanges() {
  return (
    <figure class="diagram ranges">
      <svg viewBox="0 0 360 190" width="360" height="190" role="img" aria-label={DESCRIPTION}>
        <path class="grid" d={[0, 3, 6, 9, 12].map((week) => `M${xOf(week)} 30V152`).join('')} />
        <g class="called">
          {GRADES.map((grade, i) => (
            <GradeRow key={grade.name} grade={grade} y={56 + i * 36} />
          ))}
          {[0, 3, 6, 9, 12].map((week) => (
            <text key={week} x={xOf(week)} y="170" text-anchor="middle">
              {week}
            </text>
          ))}
          <text x={xOf(12)} y="186" text-anchor="middle">
            weeks
          </text>
          <path d={`M${xOf(LOOK_WEEK)} 22V152`} stroke="var(--accent)" stroke-width="1.8" />
          <text x={xOf(LOOK_WEEK) + 6} y="22" class="loud">
            Day 7: look again
          </text>
        </g>
      </svg>
      <figcaption class="tiny">
        Ranges by the grade found on examination, not dates. The end of a range is the latest moment to look
        again.
      </figcaption>
    </figure>
  );
}

function GradeRow({ grade, y }: { grade: Grade; y: number }) {
  const { name, fromWeek, toWeek, open } = grade;
  const [from, to] = [xOf(fromWeek), xOf(toWeek)];
  return (
    <>
      <text x="0" y={y + 5}>
        {name}
      </text>
      <path d={`M${from} ${y}H${to}`} stroke="var(--ink-2)" stroke-width="12" />
      {open ? (
        <path d={`M${to} ${y - 6}l14 6-14 6z`} fill="var(--ink-2)" />
      ) : (
        <path d={`M${to} ${y - 11}v22`} stroke="var(--accent)" stroke-width="3" />
      )}
    </>
  );
}

const DESCRIPTION =
  'Grade one: one to three weeks. Grade two: three to six weeks. Grade three: six to twelve weeks and more. At day seven strength is looked at again.';
