export { type Accounts, createAccounts } from './accounts.ts';
export type { AccountsOptions } from './accounts-kit.ts';
export { type DeskPageOptions, deskPage } from './desk-page.tsx';
export { MyTabs } from './patients/my-tabs.tsx';
export { portalOf, requirePatient } from './patients/patient-hooks.ts';
export type { PortalVisitor } from './patients/patient-sessions.ts';
export { QrCode } from './qr-code.tsx';
export { isNavigation, requireStaff } from './require-staff.ts';
export { ROLE_NAMES, type StaffMember } from './staff-member.ts';
