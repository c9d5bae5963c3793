/** Every version of a report that was signed, the newest first; each stays readable. */
export function SignedVersions(props: {
  /** The report's page. */
  readonly path: string;
  readonly versions: readonly {
    readonly version: number;
    readonly signedName: string;
    /** Epoch milliseconds. */
    readonly signedAt: number;
  }[];
  readonly shown: number | null;
  readonly moment: (instant: number) => string;
}) {
  const { path, versions, shown, moment } = props;
  if (versions.length === 0) return null;
  return (
    <section class="card stack">
      <h2>Signed versions</h2>
      <ol class="versions small">
        {versions.map(({ version, signedName, signedAt }, index) => (
          <li key={version}>
            <a href={`${path}?version=${version}`} aria-current={version === shown ? 'page' : undefined}>
              Version {version}
            </a>
            <span class="soft">
              {' '}
              {signedName}, {moment(signedAt)}
              {index === 0 ? '' : ', replaced by a later one'}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
