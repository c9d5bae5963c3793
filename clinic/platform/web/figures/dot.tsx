import { type Point, short } from './geometry.ts';

/** A filled or outlined circle. */
export function Dot(props: { at: Point; r: number; fill?: string }) {
  return <circle cx={short(props.at.x)} cy={short(props.at.y)} r={short(props.r)} fill={props.fill} />;
}
