import { SonographyError } from '@rectus/sonography';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { renderPicture } from '../../../capabilities/imaging/index.ts';
import { DoorError } from '../door-error.ts';
import { covers } from '../media-types.ts';
import type { Place } from '../paths.ts';
import { frameList } from './frames.ts';
import { isKept } from './kept.ts';
import { type Retrieval, wishesOf } from './retrieval.ts';

const TYPES = ['image/jpeg', 'image/png'] as const;

interface Asked {
  readonly viewport?: string;
  readonly window?: string;
  readonly quality?: string;
}

/**
 * A frame as a picture that any program shows; the first one of an instance. `window=centre,width,linear`,
 * `viewport=width,height` and `quality=1…100` as in DICOM PS3.18 section 8.3.5.
 */
export async function sendRendered(
  by: Retrieval,
  request: FastifyRequest<{ Params: Place }>,
  reply: FastifyReply,
  list: string,
): Promise<FastifyReply> {
  const type = wishesOf(request).flatMap((wish) => TYPES.find((one) => covers(wish.type, one)) ?? [])[0];
  if (!type) throw new DoorError(406, 'Pictures are given as image/jpeg or image/png.');
  const instance = await by.find(request.context, request.params);
  const [frame, ...more] = frameList(list, instance.frames);
  if (frame === undefined || more.length > 0) throw new DoorError(400, 'Ask for one frame at a time.');
  const asked = request.query as Asked;
  const options = { ...sizeOf(asked, instance), ...windowOf(asked), ...qualityOf(asked) };
  await by.note(request.context, 'rendered', [instance]);
  if (isKept(request, reply, instance.sha256, type, String(frame), JSON.stringify(options)))
    return reply.code(304).send();
  try {
    const clip = await by.openClip(request.context.clinicId, instance);
    return reply.type(type).send(await renderPicture(await clip.picture(frame), { type, ...options }));
  } catch (error) {
    if (!(error instanceof SonographyError)) throw error;
    throw new DoorError(406, `This frame cannot be shown as a picture: ${error.message}`);
  }
}

function sizeOf(
  { viewport }: Asked,
  of: { readonly width: number; readonly height: number },
): { readonly maxWidth?: number } {
  if (!viewport) return {};
  const [width = 0, height = 0] = numbersIn('viewport', viewport);
  if (width < 1 || height < 1) throw new DoorError(400, 'viewport is width,height in pixels.');
  return { maxWidth: Math.max(1, Math.round(Math.min(width, (height * of.width) / of.height))) };
}

function windowOf({ window }: Asked) {
  if (!window) return {};
  const [centre, width, shape = 'linear'] = window.split(',');
  const numbers = numbersIn('window', `${centre},${width}`);
  if (shape !== 'linear' || numbers.length !== 2 || (numbers[1] ?? 0) < 1)
    throw new DoorError(400, 'window is centre,width,linear.');
  return { window: { centre: numbers[0] ?? 0, width: numbers[1] ?? 1 } };
}

function qualityOf({ quality }: Asked) {
  if (!quality) return {};
  const [value = 0] = numbersIn('quality', quality);
  if (value < 1 || value > 100) throw new DoorError(400, 'quality is from 1 to 100.');
  return { quality: value };
}

function numbersIn(name: string, text: string): readonly number[] {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (!numbers.every(Number.isFinite)) throw new DoorError(400, `${name} is numbers divided by commas.`);
  return numbers;
}
