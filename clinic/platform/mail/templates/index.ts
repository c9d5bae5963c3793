export * from './account-mails.ts';
export * from './appointment-mails.ts';
export type { WritingClinic, WrittenMail } from './layout.tsx';
export * from './payment-mails.ts';
export * from './report-mails.ts';
export * from './request-mails.ts';
