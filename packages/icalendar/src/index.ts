export {
  type CalendarPerson,
  type Invitation,
  type InvitationDetails,
  InvitationError,
  invitation,
} from './invitation.ts';
