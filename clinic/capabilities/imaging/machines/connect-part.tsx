import { Notice } from '../../../platform/web/layout/index.ts';
import type { Machine } from './machine.ts';

export interface ConnectProps {
  /** Where machines that speak DIMSE are heard; null where nobody listens. */
  readonly dimse: { readonly host: string; readonly port: number } | null;
  /** By which title the clinic is called; null before one is chosen. */
  readonly aeTitle: string | null;
  /** The address of the clinic's DICOMweb services. */
  readonly dicomweb: string;
  readonly machines: readonly Machine[];
}

/** How a machine or a program reaches the clinic, with lines to copy. */
export function Connect({ dimse, aeTitle, dicomweb, machines }: ConnectProps) {
  const machine = machines.find((one) => one.active && one.mayStore && one.aeTitle)?.aeTitle ?? 'SONO_1';
  return (
    <section class="stack connect" aria-labelledby="connect">
      <h2 id="connect">How to connect</h2>
      <h3>An ultrasound machine</h3>
      {dimse ? (
        <Dimse {...dimse} aeTitle={aeTitle} machine={machine} />
      ) : (
        <Notice kind="plain" title="Nobody listens for DIMSE">
          <p>
            Most machines send by DIMSE. Whoever runs this installation turns it on by the setting{' '}
            <code>DIMSE_PORT</code>.
          </p>
        </Notice>
      )}
      <h3>A program</h3>
      <p class="small">
        Programs use DICOMweb with a token: open the machine’s page and make one. Search (QIDO-RS), fetch
        (WADO-RS) and send (STOW-RS) at
      </p>
      <Line text={dicomweb} />
      <p class="small">A clip is sent from a terminal by</p>
      <Line
        text={`curl -H "Authorization: Bearer TOKEN" -H 'Content-Type: multipart/related; type="application/dicom"' -F "clip=@clip.dcm;type=application/dicom" ${dicomweb}/studies`}
      />
    </section>
  );
}

function Dimse(props: { host: string; port: number; aeTitle: string | null; machine: string }) {
  const { host, port, aeTitle, machine } = props;
  const everywhere = host === '0.0.0.0' || host === '::';
  const address = everywhere ? 'THIS-COMPUTER' : host;
  const called = aeTitle ?? 'CLINIC';
  return (
    <>
      <dl class="facts">
        <div>
          <dt>Address</dt>
          <dd>{everywhere ? 'this computer’s own, on the clinic’s network' : host}</dd>
        </div>
        <div>
          <dt>Port</dt>
          <dd>{port}</dd>
        </div>
        <div>
          <dt>Called AE title</dt>
          <dd>{aeTitle ?? 'choose one above first'}</dd>
        </div>
      </dl>
      <p class="small">
        Enter these in the machine, as the place to store and as its worklist. Its own AE title goes on the
        list here, in the same capitals. What it sends is not encrypted: keep it on the clinic’s own network.
      </p>
      <p class="small">To try it from a terminal with DCMTK:</p>
      <Line text={`echoscu -aet ${machine} -aec ${called} ${address} ${port}`} />
      <Line text={`storescu -aet ${machine} -aec ${called} ${address} ${port} clip.dcm`} />
    </>
  );
}

/** A line that one click selects as a whole. */
function Line({ text }: { text: string }) {
  return (
    <pre class="copy-line">
      <code>{text}</code>
    </pre>
  );
}
