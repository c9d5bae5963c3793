import { blockScene, type LumaFrame, makePhantom, type PointPx, px } from '@rectus/sonography';

/** Frames of moving speckle, 640 × 480 px of tissue without a margin. */
export function speckleFrames(count: number): LumaFrame[] {
  const scene = blockScene({ lateralMm: 3, axialMm: 1.5, lateralStrain: 0.05 }, { widthMm: 64, depthMm: 48 });
  const phantom = makePhantom({
    scene,
    width: 760,
    height: 560,
    mmPerPx: 0.1,
    snrDb: 20,
    correlation: 0.95,
    activation: Array.from({ length: count }, (_, n) => n / 40),
  });
  const region = phantom.clip.regions[0];
  if (!region) throw new Error('a phantom has a region');
  return Array.from({ length: count }, (_, n) => {
    const { width, luma } = phantom.frameAt(n);
    const cut = new Uint8Array(640 * 480);
    for (let y = 0; y < 480; y++)
      cut.set(luma.subarray((region.top + y) * width + region.left).subarray(0, 640), y * 640);
    return { width: 640, height: 480, luma: cut };
  });
}

/** 400 places, 20 × 20, in tissue that stays within the frame. */
export function fourHundred(): PointPx[] {
  return Array.from({ length: 400 }, (_, n) => ({
    x: px(35 + (n % 20) * 28.5),
    y: px(35 + Math.floor(n / 20) * 20.5),
  }));
}
