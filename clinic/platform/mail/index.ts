export { deliverQueued } from './deliver-queued.ts';
export { MailError, type MailFailure } from './mail-error.ts';
export { plainAddress } from './plain-address.ts';
export * from './templates/index.ts';
export {
  createTransport,
  type Delivery,
  type Mailbox,
  type MailMessage,
  type MailSettings,
  type MailTransport,
} from './transport.ts';
