import { ECHO_INTENSITY_CAVEATS, MeasureRefused, measureEchoIntensity } from '@rectus/sonography';
import { pointsOf } from './places.ts';
import { STRUCTURE, type Tool } from './tool.ts';

/** Mean brightness of muscle within an outline drawn clear of fascia. */
export const echoIntensity: Tool = {
  id: 'echo-intensity',
  name: 'Echo',
  key: 'e',
  steps: ['Set places around muscle, clear of fascia; close on the first place or with Enter.'],
  least: 3,
  most: 40,
  primary: null,
  drawn: 'outline',
  follow: null,
  quantities: [
    { code: 'us.echo-intensity', label: 'Echo intensity, grey levels 0 to 255', unit: '1', power: 0 },
  ],
  asks: [STRUCTURE],
  repeats: 'apart',
  needsPixels: true,
  caveats: ECHO_INTENSITY_CAVEATS,
  marks: (places) => ({ regions: [pointsOf(places)] }),
  measure: ({ places, frame }) => {
    if (!frame) throw new MeasureRefused('degenerate', 'The picture of this frame is not there.');
    return [measureEchoIntensity(frame, places)];
  },
};
