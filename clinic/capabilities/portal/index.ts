export { portalRoutes } from './portal-routes.tsx';
