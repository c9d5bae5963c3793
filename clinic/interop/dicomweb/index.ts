export { dicomwebRoutes } from './routes.ts';
