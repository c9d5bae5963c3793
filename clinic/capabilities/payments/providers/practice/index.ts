export { practiceProvider } from './practice-provider.ts';
