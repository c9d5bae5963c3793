import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { Clip, DicomClip, Region } from '@rectus/sonography';
import { UsageError } from '../../lib/console.ts';
import { writeResult } from '../../lib/write-result.ts';
import { readClip } from '../files.ts';

/** Tells what is in clips and stills. */
export async function infoCommand(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean' } },
  });
  if (positionals.length === 0) throw new UsageError('Name at least one file.');
  const found = [];
  for (const path of positionals) found.push(describe(basename(path), await readClip([path])));
  writeResult(undefined, values.json ? `${JSON.stringify(found, null, 2)}\n` : found.map(inWords).join('\n'));
}

function describe(name: string, clip: Clip) {
  const dicom: Partial<DicomClip> = clip;
  return {
    name,
    ...{ width: clip.width, height: clip.height, frames: clip.frameCount },
    seconds: clip.times[clip.frameCount - 1] ?? 0,
    timing: dicom.timing ?? null,
    regions: clip.regions.map(({ left, top, right, bottom, kind, scale, refusal }) => ({
      ...{ left, top, right, bottom, kind },
      mmPerPx: scale && { lateral: scale.lateral, axial: scale.axial },
      refusal,
    })),
    identity: dicom.identity ?? null,
    about: dicom.about ?? null,
    warnings: dicom.warnings ?? [],
  };
}

function inWords({ name, about, ...clip }: ReturnType<typeof describe>): string {
  const rate = clip.seconds > 0 ? ((clip.frames - 1) / clip.seconds).toFixed(1) : null;
  const lines = [
    ['picture', `${clip.width} × ${clip.height}${about ? `, ${about.photometric}` : ''}`],
    [
      'frames',
      rate
        ? `${clip.frames} in ${clip.seconds.toFixed(2)} s, ${rate} a second (${clip.timing})`
        : `${clip.frames}`,
    ],
    ...(about ? [['stored', about.transferSyntax.name]] : []),
    ...(about
      ? [['machine', [about.manufacturer, about.model].filter(Boolean).join(' ') || 'not said']]
      : []),
    ...(about ? [['person', about.patientName ?? 'not said']] : []),
    ...clip.regions.map((one) => ['region', regionInWords(one)]),
    ...clip.warnings.map(({ code, message }) => ['warning', `${code}: ${message}`]),
  ];
  return `${name}\n${lines.map(([key = '', value]) => `  ${key.padEnd(8)} ${value}`).join('\n')}\n`;
}

function regionInWords(
  region: Pick<Region, 'left' | 'top' | 'right' | 'bottom' | 'kind' | 'refusal'> & {
    readonly mmPerPx: { readonly lateral: number; readonly axial: number } | null;
  },
): string {
  const { left, top, right, bottom, kind, mmPerPx, refusal } = region;
  const scale = mmPerPx
    ? `${mmPerPx.lateral.toPrecision(4)} × ${mmPerPx.axial.toPrecision(4)} mm a pixel`
    : `not measurable: ${refusal?.message ?? ''}`;
  return `${kind}, ${left}, ${top} to ${right}, ${bottom}: ${scale}`;
}
