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
  NEAREST,
  readHold,
  sweepHolds,
  takeHold,
} from './core/hold.ts';
export { hoursLines } from './core/hours-lines.ts';
export { bookUrl, policyText } from './core/mails.ts';
export { addPatient, findPatient, type PersonInput, searchName } from './core/patient.ts';
export { type FreeStart, firstFree, freeStarts, nearestFree } from './core/search.ts';
export * from './core/times.ts';
export { cliniciansFor, placeZone, resourceAt, type Wish } from './core/wish.ts';
export { publicBookingRoutes as bookingRoutes } from './public-routes.ts';
export { advice, answersUrgency } from './safety/advice.ts';
export { SAFETY_QUESTIONS } from './safety/questions.ts';
