import type { Clinic } from '../../../platform/web/clinics.ts';
import { shortMoment } from '../../../platform/web/wall-clock.ts';
import { ARRIVALS, IMAGING, REFUSALS } from '../core/paths.ts';
import { SOURCES, sizeWords } from '../exams/clip-words.ts';
import type { RefusalLine } from './refusals.ts';

/** What came and was not taken: why, the file itself, and whether somebody has seen to it. */
export function RefusalsPage({ clinic, refusals }: { clinic: Clinic; refusals: readonly RefusalLine[] }) {
  const unseen = refusals.filter(({ seenAt }) => seenAt === null);
  const seen = refusals.filter(({ seenAt }) => seenAt !== null);
  return (
    <>
      <div class="row">
        <h1>Refused files</h1>
        <div class="row push">
          <a class="btn" href={ARRIVALS}>
            Waiting clips
          </a>
          <a class="btn" href={IMAGING}>
            Ultrasound
          </a>
        </div>
      </div>
      <p class="soft us-lede">
        What could not be taken is kept, so that nothing is lost. Most of it is put right at the machine, and
        sent again.
      </p>
      {unseen.length === 0 && <p>Nothing was refused that nobody has seen.</p>}
      <List clinic={clinic} refusals={unseen} />
      {seen.length > 0 && (
        <details>
          <summary>
            Seen before <span class="badge">{seen.length}</span>
          </summary>
          <List clinic={clinic} refusals={seen} />
        </details>
      )}
    </>
  );
}

function List({ clinic, refusals }: { clinic: Clinic; refusals: readonly RefusalLine[] }) {
  return (
    <ol class="us-refusals">
      {refusals.map((one) => (
        <li key={one.id} id={`refusal-${one.id}`} class="row">
          <div>
            <p>
              <b>{one.reason}</b>
            </p>
            <p class="soft tiny us-hash">
              {shortMoment(one.at, clinic.timeZone, clinic.locale)}, {one.machine ?? SOURCES[one.source]}
              {one.file && `, ${one.file.name}, ${sizeWords(one.file.sizeBytes)}`}
              {one.sopUid && `, instance ${one.sopUid}`}
            </p>
          </div>
          <div class="row push">
            {one.file && (
              <a class="btn" href={`${REFUSALS}/${one.id}/file`} download>
                Save the file<span class="vh"> {one.file.name}</span>
              </a>
            )}
            {one.seenAt === null && (
              <form method="post" action={`${REFUSALS}/${one.id}`}>
                <button type="submit">
                  Seen<span class="vh">: {one.reason}</span>
                </button>
              </form>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
