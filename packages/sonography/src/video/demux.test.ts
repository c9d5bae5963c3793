import { describe, expect, it } from 'vitest';
import { damaged, seeded } from '../../testing/damage.ts';
import { describeWith, hasUltrasoundData, ultrasoundFile } from '../../testing/shared-data.ts';
import { SonographyError } from '../sonography-error.ts';
import { demux } from './demux.ts';
import { readMp4 } from './read-mp4.ts';

describe('a video', () => {
  it('is known by how it begins', () => {
    expect(() => demux(new TextEncoder().encode('a letter, not a video'))).toThrow(/not an MP4/);
    expect(() => demux(new Uint8Array())).toThrow(SonographyError);
  });
});

describeWith(hasUltrasoundData(), 'real videos', () => {
  const CLIP = 'p6_isokinetic120_01_push_01.mp4';
  const bytes = () => ultrasoundFile('muscle', 'contraction', CLIP);

  it('are taken apart into all of their frames and times', () => {
    const video = demux(bytes());
    expect([video.width, video.height, video.frames.length]).toEqual([1148, 624, 79]);
    expect(video.codec).toMatch(/^avc1\./);
    expect(video.description?.length).toBeGreaterThan(10);
    expect(video.times[78]).toBeCloseTo(78 / 61, 2);
    expect([...video.frames.map(({ shown }) => shown)].sort((a, b) => a - b)).toEqual([
      ...video.times.keys(),
    ]);
  });

  it('are not decoded where there is no decoder, and say so', async () => {
    await expect(readMp4(bytes())).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('that are damaged are refused in our words, or give what is left', () => {
    const random = seeded(3);
    const original = bytes().subarray(0, 300_000);
    for (let run = 0; run < 60; run++)
      try {
        demux(damaged(original, random));
      } catch (error) {
        expect(error).toBeInstanceOf(SonographyError);
      }
  });
});
