export { askAgain, type CheckoutStart, startCheckout } from './core/checkout.ts';
export {
  cancelOrder,
  orderAtDesk,
  sendPayLink,
  type TakenInput,
  type TakenRefusal,
  takePayment,
} from './core/desk.ts';
export { settleDue } from './core/due.ts';
export { type Entitlement, EntitlementError, readEntitlements, useEntitlement } from './core/entitlements.ts';
export { taxWithin } from './core/money.ts';
export { orderPath } from './core/order-path.ts';
export { type Order, readOrder } from './core/orders.ts';
export type { Payments } from './core/payments.ts';
export { type FrozenPrice, freezePrice } from './core/prices.ts';
export { type Books, readBooks } from './core/read-books.ts';
export { type RefundInput, refundOrder } from './core/refunds.ts';
export { type BookProblem, RULE_COUNT, verifyBooks } from './core/verify.ts';
export { PersonMoney, readMoneyOfPerson } from './desk/person-money.tsx';
export { readVisitPanel } from './desk/read-visit-panel.ts';
export { moneyOfAppointments, type VisitMoney } from './desk/visit-money.ts';
export { VisitPanel, visitBadge, whenCancelled } from './desk/visit-panel.tsx';
export { readStatement } from './papers/read-papers.ts';
export { sendPdf } from './papers/routes.ts';
export type { Statement } from './papers/statement.ts';
export { statementPdf, statementTitle } from './papers/statement-pdf.ts';
export { paymentsOf } from './payments-of.ts';
export { practicePaymentOf } from './providers/practice/index.ts';
export { type Offer, readOffers } from './public/offers.ts';
export { buyLink } from './public/pages/offers-page.tsx';
export { onlineTill } from './public/till.ts';
export { paymentRoutes } from './routes.ts';
export { settlePayments } from './settle-payments.ts';
