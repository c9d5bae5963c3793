import { DropForm } from '../../../platform/uploads/index.ts';
import type { Study, Trial } from '../core/study.ts';
import { WALKS } from '../files/settle-walk.ts';
import { studyPath } from './paths.ts';

const REASONS = [
  'Markers missing',
  'Stumbled',
  'Turned early',
  'Walked differently from the others',
  'Foot not whole on a plate',
  'Recorded by mistake',
];
const MB = 1024 * 1024;

/** The session's files, and the place to drop more. */
export function FilesPart({ study }: { study: Study }) {
  return (
    <section class="stack" aria-labelledby="files">
      <h2 id="files">Files</h2>
      <DropForm
        kind={WALKS}
        path={studyPath(study.id)}
        label="C3D files: one standing, and the walks"
        accept=".c3d"
      />
      {study.trials.length > 0 && (
        <datalist id="reasons">
          {REASONS.map((reason) => (
            <option key={reason} value={reason} />
          ))}
        </datalist>
      )}
      <ul class="trials">
        {study.trials
          .filter(({ fileStatus }) => fileStatus !== 'deleted')
          .map((trial) => (
            <TrialLine key={trial.fileId} study={study} trial={trial} />
          ))}
      </ul>
    </section>
  );
}

function TrialLine({ study, trial }: { study: Study; trial: Trial }) {
  const { fileId, name } = trial;
  return (
    <li class="trial" id={`file-${fileId}`}>
      <p>
        <b>{name}</b> <TrialBadge trial={trial} />
      </p>
      <p class="soft tiny">{factsLine(trial)}</p>
      {trial.refusedReason && <p class="error">{trial.refusedReason}</p>}
      <AboutFile study={study} trial={trial} />
      {trial.fileStatus === 'ready' && <TrialForm study={study} trial={trial} />}
    </li>
  );
}

/** What was odd in the file, the file as it came, and the fingerprint that tells whether a copy is the same. */
function AboutFile({
  study,
  trial: { fileId, name, fileStatus, sha256, facts },
}: {
  study: Study;
  trial: Trial;
}) {
  if (fileStatus === 'uploading' || sha256 === null) return null;
  const warnings = facts?.warnings ?? [];
  return (
    <details class="about-file">
      <summary>
        About the file<span class="vh"> {name}</span>
        {warnings.length > 0 && (
          <span class="soft">
            : {warnings.length === 1 ? 'one oddity' : `${warnings.length} oddities`} in it
          </span>
        )}
      </summary>
      {warnings.length > 0 && (
        <ul class="tiny">
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      <p>
        <a class="inline-link" href={`${studyPath(study.id, 'files')}/${fileId}`} download>
          Save the original of {name}
        </a>
      </p>
      <p class="tiny soft">
        SHA-256 <code>{sha256}</code>
      </p>
    </details>
  );
}

function TrialForm({ study, trial }: { study: Study; trial: Trial }) {
  const { fileId, name } = trial;
  const [role, reason] = [`role-${fileId}`, `reason-${fileId}`];
  return (
    <form method="post" action={`${studyPath(study.id, 'files')}/${fileId}`} class="row">
      <label class="vh" for={role}>
        What {name} is
      </label>
      <select id={role} name="role">
        <option value="standing" selected={trial.role === 'standing'}>
          Standing
        </option>
        <option value="walking" selected={trial.role === 'walking'}>
          Walk
        </option>
        <option value="other" selected={trial.role === 'other'}>
          Neither
        </option>
      </select>
      <label class="vh" for={reason}>
        Leave {name} out because
      </label>
      <input
        id={reason}
        name="reason"
        list="reasons"
        maxLength={300}
        autocomplete="off"
        placeholder="Leave out because …"
        value={trial.reason ?? ''}
      />
      <button type="submit">
        Save<span class="vh"> {name}</span>
      </button>
    </form>
  );
}

function TrialBadge({ trial }: { trial: Trial }) {
  if (trial.fileStatus === 'refused')
    return (
      <span class="badge" data-kind="danger">
        cannot be used
      </span>
    );
  if (trial.fileStatus === 'uploading')
    return (
      <span class="badge" data-kind="warn">
        {Math.floor((100 * trial.receivedBytes) / trial.sizeBytes)} % here
      </span>
    );
  if (trial.state === 'rejected')
    return (
      <span class="badge" data-kind="warn">
        left out
      </span>
    );
  return null;
}

function factsLine({ sizeBytes, facts }: Trial): string {
  const size =
    sizeBytes < MB / 10 ? `${Math.ceil(sizeBytes / 1024)} kB` : `${(sizeBytes / MB).toFixed(1)} MB`;
  if (!facts) return size;
  const plates = facts.plates === 1 ? 'one force plate' : `${facts.plates || 'no'} force plates`;
  return `${facts.seconds.toFixed(1)} s at ${facts.rateHz} Hz, ${facts.markers} markers, ${plates}, ${size}`;
}
