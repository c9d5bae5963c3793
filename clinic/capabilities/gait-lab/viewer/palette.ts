import { Color } from 'three';

/** The colours of the page's theme, as the picture needs them. */
export interface Palette {
  readonly left: Color;
  readonly right: Color;
  readonly bone: Color;
  readonly ink: Color;
  readonly accent: Color;
  readonly surface: Color;
  readonly line: Color;
}

/** Reads the tokens that hold at `element`; a canvas turns any colour that CSS knows into numbers. */
export function paletteAt(element: Element): Palette {
  const tokens = getComputedStyle(element);
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  const color = (token: string): Color => {
    if (!brush) return new Color('gray');
    brush.fillStyle = tokens.getPropertyValue(token).trim();
    brush.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = brush.getImageData(0, 0, 1, 1).data;
    return new Color().setRGB(red / 255, green / 255, blue / 255, 'srgb');
  };
  return {
    left: color('--left'),
    right: color('--right'),
    bone: color('--ink-2'),
    ink: color('--ink'),
    accent: color('--accent'),
    surface: color('--surface'),
    line: color('--line-soft'),
  };
}
