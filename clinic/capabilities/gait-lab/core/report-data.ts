/** What a run found, as `gaitReport` of the package gives it. */
export type GaitReportData = Readonly<Record<string, unknown>>;
