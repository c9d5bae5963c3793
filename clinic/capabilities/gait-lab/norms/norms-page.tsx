import type { ComponentChildren } from 'preact';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { Notice } from '../../../platform/web/layout/index.ts';
import { shortMoment } from '../../../platform/web/wall-clock.ts';
import { PostButton } from '../../settings/index.ts';
import { LARGEST_NORMS } from '../files/limits.ts';
import { GAIT_LAB, NORMS } from '../sessions/paths.ts';
import type { FolderNorms } from './folder-norms.ts';
import { type NormFacts, normFacts } from './norm-facts.ts';
import type { InstalledNorms } from './norm-store.ts';
import { ageWords, footwearWords, listWords, speedWords } from './norm-words.ts';
import type { ReceivedNorms } from './receive-norms.ts';

export interface NormsPageProps {
  readonly clinic: Clinic;
  readonly installed: readonly InstalledNorms[];
  readonly folder: readonly FolderNorms[];
  /** The owner installs and sets aside; clinicians look. */
  readonly mayChange: boolean;
  /** What became of files that were just sent. */
  readonly received: ReceivedNorms | null;
  /** Why a form brought nothing at all. */
  readonly problem: string | null;
}

const MB = 1024 * 1024;

/** Whom the clinic compares its walks with, and the place to install more. */
export function NormsPage(props: NormsPageProps) {
  const { installed, folder, mayChange, received, problem } = props;
  const inUse = installed.filter((one) => one.inUse);
  const aside = installed.filter((one) => !one.inUse);
  return (
    <>
      <p class="crumbs">
        <a href={GAIT_LAB}>‹ Gait lab</a>
      </p>
      <h1>Norms</h1>
      <p class="lede">
        A report holds each curve and score against one of these sets: the one that fits the person and the
        walk best. Whatever does not fit stands beside it, in words.
      </p>
      {problem && <Notice kind="danger" title={problem} live />}
      {received && <Received received={received} />}
      <div class="two-columns">
        <section class="stack" aria-labelledby="in-use">
          <h2 id="in-use">In use</h2>
          {inUse.length === 0 && folder.length === 0 && <NothingInstalled mayChange={mayChange} />}
          {inUse.map((one) => (
            <InstalledCard key={one.id} one={one} {...props} />
          ))}
          {folder.map((one) => (
            <FolderCard key={one.file} one={one} hidden={inUse} />
          ))}
          {aside.length > 0 && <h2>Set aside</h2>}
          {aside.map((one) => (
            <InstalledCard key={one.id} one={one} {...props} />
          ))}
        </section>
        <div class="stack">
          {mayChange ? <Install /> : <p class="soft">The owner of the clinic installs norms.</p>}
        </div>
      </div>
    </>
  );
}

function NothingInstalled({ mayChange }: { mayChange: boolean }) {
  return (
    <Notice kind="warn" title="No norms are installed">
      <p>
        Reports show bands of a simulated walk and say so. GDI and GPS are missing, because their references
        are not here.
      </p>
      {mayChange && <p>Install a set beside this, or build one from walks of your own.</p>}
    </Notice>
  );
}

function Received({ received: { installed, faults, unused } }: { received: ReceivedNorms }) {
  const kind = faults.length > 0 || installed.length === 0 ? 'warn' : 'good';
  return (
    <Notice kind={kind} title={receivedTitle(installed.length)} live>
      {installed.length > 0 && (
        <ul>
          {installed.map(({ name, outcome, replaced }) => (
            <li key={name}>
              <b>{name}</b>
              {outcome === 'known' && ' was in use already'}
              {outcome === 'again' && ' was set aside, and is used again'}
              {replaced.length > 0 && `. It takes the place of ${listWords(replaced)}, which is set aside`}.
            </li>
          ))}
        </ul>
      )}
      {faults.length > 0 && (
        <>
          <p>Not taken:</p>
          <ul class="faults">
            {faults.map(({ file, message }) => (
              <li key={file}>
                <b>{file}</b>: {message}
              </li>
            ))}
          </ul>
        </>
      )}
      {unused.length > 0 && <p class="soft small">No norms are in {listWords(unused)}: left alone.</p>}
      {installed.length > 0 && (
        <p class="small">
          Reports that exist stay as they are. The page of each session offers to process it again.
        </p>
      )}
    </Notice>
  );
}

function receivedTitle(count: number): string {
  if (count === 0) return 'No set was installed';
  return count === 1 ? 'One set of norms is here' : `${count} sets of norms are here`;
}

function InstalledCard(props: NormsPageProps & { one: InstalledNorms }) {
  const { one, clinic, mayChange } = props;
  const by = one.installedBy ? ` by ${one.installedBy}` : '';
  const what = one.builtFrom > 0 ? `Built from ${one.builtFrom} sessions of this clinic` : 'Installed';
  return (
    <NormsCard id={one.id} facts={one.facts} quiet={!one.inUse}>
      <p class="soft tiny">
        {what} on {shortMoment(one.installedAt, clinic.timeZone, clinic.locale)}
        {by}
      </p>
      <div class="row">
        <a class="btn" href={`${NORMS}/${one.id}/file`}>
          Save as a file<span class="vh">: {one.facts.name}</span>
        </a>
        {mayChange && (
          <PostButton
            action={`${NORMS}/${one.id}/${one.inUse ? 'set-aside' : 'use'}`}
            label={one.inUse ? 'Set aside' : 'Use again'}
            about={one.facts.name}
          />
        )}
      </div>
    </NormsCard>
  );
}

function FolderCard({ one, hidden }: { one: FolderNorms; hidden: readonly InstalledNorms[] }) {
  if ('fault' in one)
    return (
      <Notice kind="danger" title={`${one.file} in this machine’s folder cannot be used`}>
        <p>{one.fault}</p>
        <p>No session can be processed until it is put right or taken away.</p>
      </Notice>
    );
  const isHidden = hidden.some(({ facts }) => facts.id === one.norms.id);
  return (
    <NormsCard id={`file-${one.norms.id}`} facts={normFacts(one.norms)} quiet={isHidden}>
      <p class="soft tiny">
        From the file {one.file} in the data folder of this machine.
        {isHidden && ' It is not used: the clinic’s own set of the same id goes before it.'}
      </p>
    </NormsCard>
  );
}

function NormsCard(props: { id: string; facts: NormFacts; quiet: boolean; children: ComponentChildren }) {
  const { id, facts, quiet, children } = props;
  const { population, licence } = facts;
  return (
    <article class={quiet ? 'card stack norms quiet' : 'card stack norms'} aria-labelledby={`norms-${id}`}>
      <h3 id={`norms-${id}`}>
        {facts.name}{' '}
        {facts.simulated && (
          <span class="badge" data-kind="warn">
            simulated
          </span>
        )}
      </h3>
      <dl class="facts">
        <Fact label="Of">{population.description}</Fact>
        <Fact label="Age">{ageWords(population)}</Fact>
        <Fact label="People">{population.people ?? 'not told'}</Fact>
        <Fact label="Footwear">{footwearWords(facts.footwear)}</Fact>
        <Fact label="Gives">{givesWords(facts)}</Fact>
        {facts.sets.length > 0 && (
          <Fact label="Speed">
            <Speeds sets={facts.sets} />
          </Fact>
        )}
        <Fact label="Licence">
          {licence.name}
          {licence.note && <span class="soft">. {licence.note}</span>}
        </Fact>
        <Fact label="Source">{facts.citation}</Fact>
      </dl>
      {children}
    </article>
  );
}

/** Of one set in a line, of several in a list: how fast its people walked for their size. */
function Speeds({ sets }: Pick<NormFacts, 'sets'>) {
  return (
    <>
      {sets.map((set) => (
        <span class="line" key={set.name}>
          {set.name}: {speedWords(set.dimensionlessSpeed)}
          {set.people !== null && <span class="soft">, {set.people} people</span>}
        </span>
      ))}
      <span class="line soft tiny">Speed for one’s size: v / √(g · leg length)</span>
    </>
  );
}

function givesWords({ sets, gdi, gps }: NormFacts): string {
  return listWords([
    ...(sets.length > 0 ? ['bands for the curves'] : []),
    ...(gdi === null ? [] : [`the reference of GDI (${gdi} controls)`]),
    ...(gps === null ? [] : [`the reference of GPS and MAP (${gps} controls)`]),
  ]);
}

function Fact(props: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function Install() {
  return (
    <>
      <form
        method="post"
        action={NORMS}
        encType="multipart/form-data"
        class="card stack"
        aria-labelledby="install"
      >
        <h2 id="install">Install</h2>
        <div class="field">
          <label for="pick-norms">Norm packages, or published tables</label>
          <small id="norms-hint">
            Packages are JSON files. Of a publication (Schwartz 2008, Pinzone 2014, the workbook of GDI and
            GPS) pick all its TSV tables at once. Together at most {LARGEST_NORMS / MB} MB.
          </small>
          <input
            id="pick-norms"
            type="file"
            name="files"
            accept=".json,.tsv"
            multiple
            required
            aria-describedby="norms-hint"
          />
        </div>
        <button type="submit" class="primary">
          Install
        </button>
        <p class="soft tiny">Install only what your clinic has a right to use.</p>
      </form>
      <section class="card stack" aria-labelledby="build">
        <h2 id="build">Build your own</h2>
        <p>From sessions of people without complaints, measured in this lab.</p>
        <a class="btn" href={`${NORMS}/own`}>
          Choose sessions
        </a>
      </section>
    </>
  );
}
