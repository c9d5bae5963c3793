import type { Exam } from '../core/exam.ts';
import { examPath } from '../core/paths.ts';
import type { ViewerClip, ViewerExam } from './client/contracts.ts';
import type { OtherExam } from './read-view.ts';
import type { ShownClip } from './shown-clips.ts';

interface CompareFormProps {
  readonly exam: Exam;
  readonly shown: ViewerExam;
  readonly others: readonly OtherExam[];
  readonly pictures: readonly [ShownClip, ShownClip];
}

/** Which clip stands left and which right: of this examination, or of another one of the same person. */
export function CompareForm({ exam, shown, others, pictures }: CompareFormProps) {
  const own = shown.clips.filter(({ examId }) => examId === exam.id);
  const groups = [
    { label: 'This examination', clips: own },
    ...others.map(({ title, day, clips }) => ({ label: `${day}, ${title}`, clips })),
  ];
  return (
    <div id="compare" popover="auto" class="panel stack">
      <h2>Side by side</h2>
      <form action={examPath(exam.id, 'view')} method="get" class="stack">
        <ClipChoice name="left" label="Left picture" groups={groups} chosen={pictures[0].clip} />
        <ClipChoice name="right" label="Right picture" groups={groups} chosen={pictures[1].clip} />
        <p class="row">
          <button type="submit" class="primary">
            Show
          </button>
        </p>
      </form>
      {others.length === 0 && (
        <p class="tiny soft">There is no other ultrasound of this person with clips.</p>
      )}
    </div>
  );
}

interface ClipChoiceProps {
  readonly name: 'left' | 'right';
  readonly label: string;
  readonly groups: readonly { readonly label: string; readonly clips: readonly ViewerClip[] }[];
  readonly chosen: string;
}

function ClipChoice({ name, label, groups, chosen }: ClipChoiceProps) {
  return (
    <label class="field">
      {label}
      <select name={name}>
        {groups.map((group) => (
          <optgroup key={group.label} label={group.label}>
            {group.clips.map(({ id, number, title, frames }) => (
              <option key={id} value={id} selected={id === chosen}>
                {`${number}. ${title}${frames === 1 ? ', still' : ''}`}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}
