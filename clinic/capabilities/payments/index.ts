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
export { orderPath } from './core/order-path.ts';
export { type Order, readOrder } from './core/orders.ts';
export type { Payments } from './core/payments.ts';
export { type RefundInput, refundOrder } from './core/refunds.ts';
export { type BookProblem, verifyBooks } from './core/verify.ts';
export { paymentsOf } from './payments-of.ts';
export { paymentRoutes } from './routes.ts';
export { settlePayments } from './settle-payments.ts';
