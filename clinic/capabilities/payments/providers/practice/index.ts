export { paymentOf as practicePaymentOf } from './checkouts.ts';
export { practiceProvider } from './practice-provider.ts';
