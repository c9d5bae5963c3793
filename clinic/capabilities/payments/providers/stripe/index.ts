export { type StripeOptions, stripeProvider } from './stripe-provider.ts';
