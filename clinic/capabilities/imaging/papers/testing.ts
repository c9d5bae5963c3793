import { measureGap, px, type Region, readDicom, retraction } from '@rectus/sonography';
import { nodeCodecs } from '@rectus/sonography/node';
import type { FastifyInstance } from 'fastify';
import type { StaffRole } from '../../../platform/database/schema.ts';
import { openClip } from '../core/open-clip.ts';
import type { AnalysisResult, Series } from '../measuring/result.ts';
import { type SignedContent, signedContentOf } from '../report/signed-content.ts';
import { dicomBytes } from '../testing.ts';
import type { DrawnAnalysis } from './drawn-shapes.ts';
import { renderFrame } from './render-frame.ts';
import type { IllustratedReport } from './report-facts.ts';
import type { SourceImage } from './structured-report.ts';

/** Stands in for the session that the accounts capability finds: the role is what a test says in `x-role`. */
export async function signedIn(server: FastifyInstance): Promise<void> {
  server.decorateRequest('staff', null);
  server.addHook('onRequest', async (request) => {
    const role = request.headers['x-role'] as StaffRole | undefined;
    request.staff = role
      ? { userId: 'ines', name: 'Inês Duarte', email: 'ines@example.org', role, resourceId: null }
      : null;
  });
}

/** Monday 2 March 2026, 8:00 in Lisbon. */
const TAKEN_AT = Date.UTC(2026, 2, 2, 8);
const HOUR = 3_600_000;
/** How far each frame's ends stand apart, px. */
const APART_PX = [4, 4, 18, 38, 55, 55, 30, 5] as const;
const [REST, CONTRACTION] = [0, 4];
const METHOD = { method: 'rectus-sonography, marks followed', methodVersion: '1.0' };

export interface ReportSample {
  readonly content: SignedContent;
  readonly analysis: DrawnAnalysis;
  readonly image: SourceImage;
  readonly bytes: Uint8Array;
}

/** Instead of the sample's own ids, where rows are there that have others. */
export interface SampleIds {
  readonly examId: string;
  readonly instanceId: string;
  readonly analysisId: string;
}

const IDS: SampleIds = {
  examId: '0198aaaa-0000-7000-8000-000000000001',
  instanceId: '0198aaaa-0000-7000-8000-000000000002',
  analysisId: '0198aaaa-0000-7000-8000-000000000003',
};

/** The signed report of a tear that only contraction shows, measured in a small simulated clip that is calibrated in cm. */
export async function reportSample(ids: SampleIds = IDS, given?: Uint8Array): Promise<ReportSample> {
  const bytes = given ?? (await dicomBytes({ study: 'sample', series: 's', instance: 'i' }));
  const clip = await readDicom(bytes, nodeCodecs());
  if (!clip.identity) throw new Error('The clip has no identity');
  const { identity } = clip;
  const image: SourceImage = {
    instanceId: ids.instanceId,
    sopClass: identity.sopClass,
    sopUid: identity.instance,
    seriesUid: identity.series,
    studyUid: identity.study,
    frames: clip.frameCount,
  };
  const analysis = gapAnalysis(ids, clip.regions, clip.times);
  return { content: contentOf(ids, image, analysis), analysis, image, bytes };
}

/** The sample as its papers take it, of a demo clinic. */
export async function illustratedSample(): Promise<IllustratedReport> {
  const { content, analysis, image, bytes } = await reportSample();
  const clip = await openClip(bytes, { format: 'dicom', setScale: null });
  const picture = async (frame: SignedContent['keyFrames'][number]) => ({
    frame,
    bytes: await renderFrame(clip, frame.frame, { type: 'image/jpeg' }),
    width: clip.width,
    height: clip.height,
    scale: clip.regions[0]?.scale ?? null,
    timeS: clip.times[frame.frame] ?? null,
  });
  return {
    clinic: {
      ...{ name: 'Clínica Um', phone: '+351 210 000 000', email: 'ola@um.example.org', sites: [] },
      ...{ demo: true, locale: 'en-GB', timeZone: 'Europe/Lisbon' },
    },
    content,
    reportId: 'report-1',
    correctedReportId: null,
    images: [image],
    analyses: [analysis],
    times: new Map([[image.instanceId, [...clip.times]]]),
    pictures: await Promise.all(content.keyFrames.map(picture)),
  };
}

function gapAnalysis(ids: SampleIds, regions: readonly Region[], times: Float64Array): DrawnAnalysis {
  const [region] = regions;
  if (!region?.scale) throw new Error('The clip has no scale');
  const [middle, depth] = [(region.left + region.right) / 2, region.top + 60];
  const places = APART_PX.map((apart) => [middle - 0.6 * apart, middle + 0.4 * apart] as const);
  const measured = places.map(([left, right]) => {
    const end = (x: number) => ({ x: px(x), y: px(depth), standardError: px(1.2) });
    return measureGap(regions, [end(left), end(right)]);
  });
  const series: Series = {
    code: 'us.gap',
    values: measured.map(({ value }) => value),
    errors: measured.map(({ standardError }) => standardError),
    changeErrors: measured.map(({ standardError }) => standardError),
  };
  const followed = (side: 0 | 1) => ({
    x: places.map((both) => both[side]),
    y: places.map(() => depth),
    error: places.map(() => 1.2),
  });
  const contraction = { rest: 0, onset: 1, peak: 4, release: 5, end: 7, lostFrames: 0 };
  const [restValue, peakValue] = [measured[REST]?.value ?? 0, measured[CONTRACTION]?.value ?? 0];
  const result: AnalysisResult = {
    from: 0,
    to: times.length - 1,
    tracked: true,
    series: [series],
    places: [followed(0), followed(1)],
    held: times.length,
    lost: 0,
    phases: {
      contractions: [{ ...contraction, restValue, peakValue }],
      direction: 'grows',
      average: null,
      reason: null,
    },
    typical: REST,
    scale: { ...region.scale, set: false, region: 1 },
  };
  const chosen = { rest: REST, contraction: CONTRACTION };
  return { id: ids.analysisId, instanceId: ids.instanceId, tool: 'gap', result, chosen };
}

function measurementsOf(ids: SampleIds, { result }: DrawnAnalysis): SignedContent['measurements'] {
  const [series] = result.series;
  const at = (frame: number) => ({
    value: series?.values[frame] ?? Number.NaN,
    standardError: series?.errors[frame] ?? Number.NaN,
  });
  const shared = {
    bodySite: 'Rectus femoris',
    side: 'right',
    unit: 'mm',
    minimalDetectableChange: null,
    citation: null,
    analysisIds: [ids.analysisId],
    instanceId: ids.instanceId,
    note: null,
    ...METHOD,
  } as const;
  const [rest, contracted] = [at(REST), at(CONTRACTION)];
  type Gap = Parameters<typeof retraction>[0];
  const apart = retraction(rest as Gap, contracted as Gap);
  return [
    { ...shared, code: 'us.gap.rest', label: 'Gap at rest', ...rest, frame: REST },
    { ...shared, code: 'us.gap.contraction', label: 'Gap in contraction', ...contracted, frame: CONTRACTION },
    {
      ...shared,
      code: 'us.retraction',
      label: 'Retraction',
      value: apart.value,
      standardError: apart.standardError,
      frame: null,
      note: 'Gap in contraction less gap at rest, one contraction.',
    },
    {
      ...shared,
      code: 'us.transversus-thickness.rest',
      label: 'Transversus abdominis at rest',
      bodySite: 'Abdominal wall',
      side: 'left',
      value: 3.456789012345678,
      standardError: 0.21,
      minimalDetectableChange: 1.1,
      citation: 'Costa et al. 2009: ICC .97, SEM .04 cm, SDC .11 cm',
      analysisIds: [],
      frame: 1,
    },
  ];
}

function contentOf(ids: SampleIds, image: SourceImage, analysis: DrawnAnalysis): SignedContent {
  const clip = { instanceId: ids.instanceId, sopUid: image.sopUid, sopClass: image.sopClass };
  const keyFrame = (frame: number, caption: string) => ({
    ...clip,
    frame,
    caption,
    analysisId: ids.analysisId,
  });
  return signedContentOf({
    format: 1,
    exam: {
      id: ids.examId,
      accession: 'US1001',
      studyUid: image.studyUid,
      patient: {
        id: '0198aaaa-0000-7000-8000-000000000009',
        givenName: 'Tomás',
        familyName: 'Faria',
        birthDate: '1996-07-19',
      },
      suspicion: 'muscle-injury',
      side: 'right',
      question: 'A pop while sprinting four weeks ago, and no better since. Is it torn?',
      probe: { view: 'front', x: 0.42, y: 0.6, angle: 0, axis: 'long', words: '12 cm below the ASIS' },
      takenAt: TAKEN_AT,
    },
    anatomy: 'Rectus femoris',
    manoeuvre: 'Straight leg raise against light resistance',
    position: 'Lying on the back',
    clips: [
      {
        ...clip,
        seriesUid: image.seriesUid,
        sha256: 'a'.repeat(64),
        frames: image.frames,
        role: 'both',
        side: 'right',
        label: 'Long axis',
      },
    ],
    measurements: measurementsOf(ids, analysis),
    grading: {
      system: 'peetrons',
      grade: '3',
      words: 'Torn through, with retraction.',
      criteriaVersion: '2026-11.1',
    },
    finding: 'complete-tear',
    findings: {
      location: 'Muscle belly, 12 cm below the anterior superior iliac spine',
      echoPattern: 'Fibres end on both sides of a gap',
      fluid: 'Fluid fills the gap in contraction',
      text: 'At rest the ends lie together. In contraction they draw apart and each stump bulges.',
    },
    conclusion: 'Complete tear of the right rectus femoris that only contraction shows.',
    keyFrames: [keyFrame(REST, 'At rest the ends touch'), keyFrame(CONTRACTION, 'In contraction they part')],
    moments: [{ instanceId: ids.instanceId, timeS: 0.1, words: 'It hurts now' }],
    earlier: null,
    limits: [
      {
        words: 'Of the muscle tears that MRI showed, ultrasound found 88 %.',
        citation: 'Radiol Med 2006;111:836',
      },
    ],
    exceptions: [
      {
        rule: 'clips-missing',
        words: 'Signed without a clip at rest of the other side',
        reason: 'The other leg was operated on and could not be examined.',
      },
    ],
    referral: {
      toldName: 'Dr Helena Matos',
      toldHow: 'telephone',
      toldAt: TAKEN_AT + HOUR,
      urgency: 'same_day',
      referredTo: 'Orthopaedic emergency, Hospital de Santa Luzia',
      reason: 'Complete tear with retraction, four weeks old.',
      dueAt: TAKEN_AT + 10 * HOUR,
    },
    ruleVersion: '2026-11.1',
    correction: null,
    signer: { id: 'ines', name: 'Inês Duarte' },
    signedAt: TAKEN_AT + 2 * HOUR,
    version: 1,
  });
}
