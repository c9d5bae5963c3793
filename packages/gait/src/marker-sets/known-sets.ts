import { CLUSTER_SEGMENTS, type MarkerSet, MODEL_MARKERS, type ModelMarker } from './marker-set.ts';

/** Other names under which the inner markers and the sacrum are found in files of the conventional set. */
const ALIASES: Readonly<Partial<Record<ModelMarker, readonly string[]>>> = {
  SACR: ['SACR', 'SACRUM'],
  LKNM: ['LKNM', 'LKNEin', 'LMKNE', 'LKNEM'],
  RKNM: ['RKNM', 'RKNEin', 'RMKNE', 'RKNEM'],
  LMED: ['LMED', 'LANKin', 'LMANK', 'LANKM'],
  RMED: ['RMED', 'RANKin', 'RMANK', 'RANKM'],
};

/** The conventional set of Davis and of Plug-in Gait, with wands or markers on thigh and shank. */
export const CONVENTIONAL: MarkerSet = {
  format: 'rectus-marker-set',
  version: 1,
  id: 'conventional',
  name: 'Conventional (Davis, Plug-in Gait)',
  joints: 'wands',
  markers: Object.fromEntries(MODEL_MARKERS.map((name) => [name, ALIASES[name] ?? name])),
};

/** The same names without wands, with markers on both sides of knee and ankle. */
export const CONVENTIONAL_MEDIAL: MarkerSet = {
  ...CONVENTIONAL,
  id: 'conventional-medial',
  name: 'Conventional names with inner knee and ankle markers',
  joints: 'medial',
};

/** Clusters of three on thighs and shanks, condyles and malleoli: the set FULLBODY_2009 of OpenSim's walking example. */
export const CLUSTERS: MarkerSet = {
  format: 'rectus-marker-set',
  version: 1,
  id: 'clusters',
  name: 'Clusters with condyles and malleoli (FULLBODY_2009)',
  joints: 'medial',
  markers: {
    ...Object.fromEntries(
      ['LASI', 'RASI', 'LPSI', 'RPSI', 'CLAV', 'C7', 'STRN', 'T10'].map((name) => [name, name]),
    ),
    ...Object.fromEntries(
      ['L', 'R'].flatMap((side) => [
        [`${side}KNE`, `${side}LFC`],
        [`${side}KNM`, `${side}MFC`],
        [`${side}ANK`, `${side}LMAL`],
        [`${side}MED`, `${side}MMAL`],
        [`${side}HEE`, `${side}CAL`],
        [`${side}TOE`, `${side}MT2`],
      ]),
    ),
  },
  clusters: Object.fromEntries(
    CLUSTER_SEGMENTS.map((segment) => {
      const prefix = `${segment.startsWith('left') ? 'L' : 'R'}${segment.endsWith('Thigh') ? 'TH' : 'TB'}`;
      return [segment, [1, 2, 3].map((n) => `${prefix}${n}`)];
    }),
  ),
};

/** The sets that are known by their labels, in the order in which they are tried. */
export const KNOWN_MARKER_SETS: readonly MarkerSet[] = [CONVENTIONAL, CONVENTIONAL_MEDIAL, CLUSTERS];
