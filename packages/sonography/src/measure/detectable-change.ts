/** How much a measure must change between two examinations before it is more than noise. */
export interface DetectableChange {
  readonly measure: string;
  readonly unit: 'mm' | 'deg' | '%';
  /** The smallest that is known for good circumstances, and the largest. */
  readonly from: number;
  readonly to: number;
  readonly citation: string;
}

/** Smallest detectable changes (95 %) that stand in the literature; a measure without one is not in the list. */
export const DETECTABLE_CHANGES = {
  transversusThickness: {
    measure: 'Thickness of transversus abdominis',
    unit: 'mm',
    from: 1.1,
    to: 1.1,
    citation: 'Costa et al. 2009: ICC .97, SEM .04 cm, SDC .11 cm',
  },
  transversusThicknessChange: {
    measure: 'Thickness change of transversus abdominis on drawing in',
    unit: '%',
    from: 41,
    to: 41,
    citation: 'Costa et al. 2009: ICC .72, SEM 15 %, SDC 41 %',
  },
  interRectiDistance: {
    measure: 'Inter-recti distance between examiners, by site',
    unit: 'mm',
    from: 6.4,
    to: 19.7,
    citation: 'PMC5125459: ICC .72 to .91, SEM 2.3 to 7.1 mm, MDC 6.4 to 19.7 mm',
  },
} as const satisfies Readonly<Record<string, DetectableChange>>;

/** Values of people without complaint, to show beside a measure; never a verdict. */
export const REFERENCE_VALUES = {
  interRectiAtXiphoidMm: { from: 0, to: 15, citation: 'nulliparous women: Beer et al. 2009' },
  interRecti30AboveUmbilicusMm: { from: 0, to: 22, citation: 'nulliparous women: Beer et al. 2009' },
  interRecti20BelowUmbilicusMm: { from: 0, to: 16, citation: 'nulliparous women: Beer et al. 2009' },
} as const;
