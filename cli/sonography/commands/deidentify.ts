import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Area, blackOut, deidentifyDicom } from '@rectus/sonography';
import { say, UsageError } from '../../lib/console.ts';
import { codecs, named } from '../files.ts';

/** Copies DICOM files without what tells whose they are. */
export async function deidentifyCommand(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      patient: { type: 'string' },
      key: { type: 'string' },
      black: { type: 'string', multiple: true },
    },
  });
  if (positionals.length === 0) throw new UsageError('Name at least one DICOM file.');
  const { out, patient } = values;
  if (out === undefined) throw new UsageError('Name the folder for the copies with --out FOLDER.');
  const areas = (values.black ?? []).map(areaOf);
  const options = { key: values.key ?? randomUUID(), ...(patient === undefined ? {} : { patient }) };
  mkdirSync(out, { recursive: true });
  for (const path of positionals) {
    const target = join(out, basename(path));
    if (resolve(target) === resolve(path))
      throw new UsageError(`${path} would be written over: choose another folder.`);
    await named(path, () => copy(path, target, { areas, options }));
  }
  say('A file name may hold a name too.');
}

interface Wish {
  readonly areas: readonly Area[];
  readonly options: Parameters<typeof deidentifyDicom>[1];
}

async function copy(path: string, target: string, { areas, options }: Wish): Promise<void> {
  const { bytes, removed, picturesMayTell } = await deidentifyDicom(readFileSync(path), options);
  const written = areas.length > 0 ? await blackOut(bytes, areas, codecs) : bytes;
  writeFileSync(target, written);
  say(`${path} → ${target}`);
  say(`  removed or replaced: ${removed.map(({ tag }) => tag).join(' ') || 'nothing'}`);
  if (areas.length > 0) say(`  black in every frame: ${areas.map(inWords).join('; ')}`);
  if (picturesMayTell) say('  look at it: the file does not say that no name is written in its pictures');
}

function areaOf(text: string): Area {
  const [left, top, right, bottom] = text.split(',').map(Number);
  if (
    left === undefined ||
    top === undefined ||
    right === undefined ||
    bottom === undefined ||
    Number.isNaN(left + top + right + bottom)
  )
    throw new UsageError(`--black needs LEFT,TOP,RIGHT,BOTTOM in pixels; it is ${text}.`);
  return { left, top, right, bottom };
}

function inWords({ left, top, right, bottom }: Area): string {
  return `${left}, ${top} to ${right}, ${bottom}`;
}
