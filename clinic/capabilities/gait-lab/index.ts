export { type ListedReport, readReportsOf } from './patient/read-patient-report.ts';
export { processStudies } from './processing/process-studies.ts';
export { gaitLabRoutes } from './routes.ts';
