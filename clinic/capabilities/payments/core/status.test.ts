import { expect, test } from 'vitest';
import { type OrderFacts, orderStatus } from './status.ts';

const order = (facts: Partial<OrderFacts>) =>
  orderStatus({
    totalMinor: 8500,
    paidMinor: 0,
    refundedMinor: 0,
    disputed: false,
    cancelled: false,
    expired: false,
    ...facts,
  });

test('an order waits for its payment', () => expect(order({})).toBe('awaiting_payment'));
test('a deposit makes it part paid', () => expect(order({ paidMinor: 3000 })).toBe('part_paid'));
test('the whole sum makes it paid', () => expect(order({ paidMinor: 8500 })).toBe('paid'));
test('money wins over the end of the time to pay', () =>
  expect(order({ paidMinor: 8500, expired: true })).toBe('paid'));
test('without money it expires', () => expect(order({ expired: true })).toBe('expired'));
test('whoever cancels it does so even after it expired', () =>
  expect(order({ expired: true, cancelled: true })).toBe('cancelled'));
test('a part that went back leaves it partly refunded', () =>
  expect(order({ paidMinor: 8500, refundedMinor: 1 })).toBe('partly_refunded'));
test('a deposit that went back leaves it refunded', () =>
  expect(order({ paidMinor: 3000, refundedMinor: 3000 })).toBe('refunded'));
test('what was paid twice and went back once leaves it paid', () =>
  expect(order({ paidMinor: 17000, refundedMinor: 8500 })).toBe('paid'));
test('and one more unit back leaves it partly refunded', () =>
  expect(order({ paidMinor: 17000, refundedMinor: 8501 })).toBe('partly_refunded'));
test('a dispute stands above everything', () =>
  expect(order({ paidMinor: 8500, refundedMinor: 8500, disputed: true })).toBe('disputed'));
