export {
  CarSeatPicture,
  CribPicture,
  DrawInPicture,
  FeedingPicture,
  HoldClosePicture,
  SitToStrapPicture,
  SquatLiftPicture,
  StrollerPicture,
  ToddlerPicture,
} from './care-pictures.tsx';
export { GaitStrip } from './gait-strip.tsx';
export { LiftSequence } from './lift-sequence.tsx';
export { LookAgainPlot } from './look-again-plot.tsx';
export { MusclePanes } from './muscle-panes.tsx';
export { PostureBeforeAndAfter } from './posture.tsx';
export { StrainRanges } from './strain-ranges.tsx';
