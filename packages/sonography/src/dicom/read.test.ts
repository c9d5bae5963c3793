import { describe, expect, it } from 'vitest';
import { nodeCodecs } from '../../node/codecs.ts';
import { HEIGHT, type MadeRegion, madeDicom, WIDTH } from '../../testing/made-dicom.ts';
import { readDicom } from './read.ts';

const codecs = nodeCodecs();
const read = (made: Parameters<typeof madeDicom>[0]) => readDicom(madeDicom(made), codecs);
const codes = (warnings: readonly { readonly code: string }[]) => warnings.map(({ code }) => code);

async function region(made: MadeRegion) {
  const { regions, warnings } = await read({ regions: [made] });
  const [one] = regions;
  if (!one) throw new Error('there is one region');
  return { ...one, warnings: codes(warnings) };
}

describe('a region', () => {
  it('has its scale in each direction by itself, whichever way its axes point', async () => {
    expect((await region({ deltas: [-0.02, 0.005] })).scale).toEqual({
      lateral: expect.closeTo(0.2, 9),
      axial: expect.closeTo(0.05, 9),
      relativeError: expect.any(Number),
    });
  });

  it.each<[why: string, made: MadeRegion, code: string]>([
    ['its pixels span nothing', { deltas: [0, 0] }, 'zero-scale'],
    ['one direction spans nothing', { deltas: [0.01, 0] }, 'zero-scale'],
    ['it is told in seconds', { units: [4, 3] }, 'other-unit'],
    ['it has no unit', { units: [0, 0] }, 'other-unit'],
    ['it has no extent', { bounds: [10, 10, 10, 10] }, 'empty'],
    ['its bounds are turned round', { bounds: [30, 20, 5, 2] }, 'empty'],
    ['it lies outside of the picture', { bounds: [0, 0, 2 * WIDTH, 2 * HEIGHT] }, 'outside-image'],
    ['a pixel would span decimetres', { deltas: [12, 12] }, 'implausible-scale'],
    ['it is a movement over time', { format: 2 }, 'not-tissue'],
    ['it is a spectrum', { format: 3, type: 3 }, 'not-tissue'],
    ['it is a drawing', { format: 5, type: 13 }, 'not-tissue'],
  ])('is not measured where %s', async (_, made, code) => {
    const { scale, refusal } = await region(made);
    expect(scale).toBeNull();
    expect(refusal).toMatchObject({ code, message: expect.stringMatching(/\.$/) });
  });

  it('may end where the picture does, or on the pixel behind it', async () => {
    expect((await region({})).warnings).toEqual([]);
    const behind = await region({ bounds: [0, 0, WIDTH, HEIGHT] });
    expect(behind).toMatchObject({ right: WIDTH - 1, bottom: HEIGHT - 1, refusal: null });
    expect(behind.warnings).toEqual(['region-clamped']);
  });

  it('of colour flow is measured like tissue', async () => {
    expect(await region({ type: 2 })).toMatchObject({ kind: 'colour-flow', refusal: null });
  });

  it('is never made up from a general pixel spacing', async () => {
    const { regions } = await read({ elements: [{ tag: 0x00280030, vr: 'DS', value: '0.1\\0.1' }] });
    expect(regions).toMatchObject([{ scale: null, refusal: { code: 'no-scale' } }]);
  });
});

describe('the frames of a clip', () => {
  const times = async (frames: number, ...elements: { tag: number; vr: string; value: string }[]) => {
    const clip = await read({ frames, elements });
    return { times: [...clip.times], source: clip.timing, warnings: codes(clip.warnings) };
  };
  const vector = (value: string) => ({ tag: 0x00181065, vr: 'DS', value });

  it('are timed by their vector, whose first value belongs to no step', async () => {
    const { times: told, source } = await times(4, vector('77\\10\\20\\40'));
    expect(source).toBe('frame-time-vector');
    expect(told).toEqual([0, 0.01, 0.03, 0.07].map((time) => expect.closeTo(time, 12)));
  });

  it('are timed by the usual step where the vector ends early or says impossible things', async () => {
    const { times: told, warnings } = await times(5, vector('0\\10\\-3\\10'));
    expect(told).toEqual([0, 0.01, 0.02, 0.03, 0.04].map((time) => expect.closeTo(time, 12)));
    expect(warnings).toEqual(['timing-incomplete']);
  });

  it('are timed by one step, or by a rate, where there is no vector', async () => {
    const step = await times(3, { tag: 0x00181063, vr: 'DS', value: '20' });
    expect(step).toMatchObject({ source: 'frame-time', times: [0, 0.02, 0.04] });
    const rate = await times(3, { tag: 0x00180040, vr: 'IS', value: '50' });
    expect(rate).toMatchObject({ source: 'cine-rate', times: [0, 0.02, 0.04] });
    const shown = await times(3, { tag: 0x00082144, vr: 'IS', value: '25' });
    expect(shown).toMatchObject({ source: 'display-rate', times: [0, 0.04, 0.08] });
  });

  it('whose times nobody wrote are said to be assumed', async () => {
    expect(await times(3)).toMatchObject({ source: 'assumed', warnings: ['timing-assumed'] });
    expect(await times(3, { tag: 0x00181063, vr: 'DS', value: '0' })).toMatchObject({ source: 'assumed' });
    expect(await times(1)).toMatchObject({ times: [0], warnings: [] });
  });

  it('are as many as are there, whatever the file says', async () => {
    const clip = await read({ frames: 2_000_000_000, pixels: new Uint8Array(WIDTH * HEIGHT * 3 + 7) });
    expect(clip.frameCount).toBe(3);
    expect(codes(clip.warnings)).toContain('frames-missing');
    await expect(clip.frame(3)).rejects.toMatchObject({ code: 'no-such-frame' });
  });

  it('that are not there at all are refused', async () => {
    await expect(read({ pixels: new Uint8Array(10) })).rejects.toMatchObject({ code: 'truncated' });
  });
});

describe('whose clip it is', () => {
  it('is not known where an identifier is missing or is none', async () => {
    const without = (tag: number, value: string) => read({ elements: [{ tag, vr: 'UI', value }] });
    expect((await read({})).identity).toEqual({
      sopClass: '1.2.840.10008.5.1.4.1.1.3.1',
      instance: '2.25.1',
      series: '2.25.3',
      study: '2.25.2',
    });
    for (const value of ['', 'not a number', '1..2'])
      expect((await without(0x0020000d, value)).identity).toBeNull();
  });

  it('is written in the character set that the file names, or said to be unsure', async () => {
    const named = async (set: string, name: Uint8Array) => {
      const { about, warnings } = await read({
        elements: [
          { tag: 0x00080005, vr: 'CS', value: set },
          { tag: 0x00100010, vr: 'PN', value: name },
        ],
      });
      return [about.patientName, codes(warnings)];
    };
    const latin = Uint8Array.from([0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72]);
    expect(await named('ISO_IR 100', latin)).toEqual(['Müller', []]);
    expect(await named('ISO_IR 192', new TextEncoder().encode('Núñez^José'))).toEqual(['Núñez^José', []]);
    expect(await named('ISO_IR', latin)).toEqual(['Müller', ['character-set']]);
    expect(await named('ISO_IR 192', latin)).toEqual(['Müller', ['character-set']]);
  });
});
