declare const unit: unique symbol;

/** A length in millimetres of tissue. A number of pixels is not one, and the compiler says so. */
export type Mm = number & { readonly [unit]: 'mm' };
/** A length or a place in image pixels: the centre of the first pixel is at 0, of the next at 1. */
export type Px = number & { readonly [unit]: 'px' };
/** Square millimetres. */
export type Mm2 = number & { readonly [unit]: 'mm2' };
/** Cubic centimetres, which are millilitres. */
export type Ml = number & { readonly [unit]: 'ml' };
/** An angle in degrees. */
export type Deg = number & { readonly [unit]: 'deg' };

export const mm = (value: number): Mm => value as Mm;
export const px = (value: number): Px => value as Px;
export const mm2 = (value: number): Mm2 => value as Mm2;
export const ml = (value: number): Ml => value as Ml;
export const deg = (value: number): Deg => value as Deg;

/** A place in the image: x to the right, y downwards, in pixels of the stored frame. */
export interface PointPx {
  readonly x: Px;
  readonly y: Px;
}

/** A place, a span or a direction in tissue: lateral to the right, axial away from the probe. */
export interface PointMm {
  readonly lateral: Mm;
  readonly axial: Mm;
}
