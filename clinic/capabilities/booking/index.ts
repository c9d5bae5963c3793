export { type AppointmentDetails, readAppointment } from './core/appointment.ts';
export { type BlockInput, blockTime, unblockTime } from './core/block.ts';
export { type Booked, type BookInput, book, bookWithin } from './core/book.ts';
export { type Booking, bookingOf } from './core/booking.ts';
export {
  bumpCatalogue,
  type Catalogue,
  type CatalogueException,
  type CatalogueOpening,
  type CatalogueResource,
  readCatalogue,
  type Service,
} from './core/catalogue.ts';
export { cancelAppointment, type MoveInput, moveAppointment, setStatus } from './core/change.ts';
export { claiming, type Refusal, type RefusalReason } from './core/claiming.ts';
export { type DayEntry, readDay } from './core/day.ts';
export {
  dropHold,
  extendHold,
  HOLD_MS,
  type Hold,
  keepDraft,
  NEAREST,
  readHold,
  sweepHolds,
  takeHold,
} from './core/hold.ts';
export { hoursLines } from './core/hours-lines.ts';
export { bookUrl, policyText } from './core/mails.ts';
export { addPatient, findPatient, type PersonInput, searchName } from './core/patient.ts';
export { type FreeStart, firstFree, freeStarts, nearestFree } from './core/search.ts';
export {
  atTheVisit,
  type CheckoutAnswer,
  NotUsable,
  type Terms,
  type Till,
  type VisitToPay,
} from './core/till.ts';
export * from './core/times.ts';
export { cliniciansFor, placeZone, resourceAt, type Wish } from './core/wish.ts';
export { type FieldErrors, FormProblems, PersonFields } from './pages/person-fields.tsx';
export { SlotLabel, slotWords } from './pages/slot-label.tsx';
export { HiddenFields } from './pages/steps.tsx';
export type { TimeView } from './pages/times.ts';
export {
  emailAddress,
  PERSON_FIELDS,
  personDraft,
  personName,
  personSchema,
  withBirthDate,
} from './person-form.ts';
export { holdIdOf, rememberBought, rememberHold, viewerZoneOf } from './public/session.ts';
export { readStart } from './public/times.ts';
export { timeViewFor } from './public/view.ts';
export { publicBookingRoutes as bookingRoutes } from './public-routes.ts';
export { advice, answersUrgency } from './safety/advice.ts';
export { SAFETY_QUESTIONS } from './safety/questions.ts';
