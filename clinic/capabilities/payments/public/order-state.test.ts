import { describe, expect, it } from 'vitest';
import { orderState } from './order-state.ts';

const order = {
  status: 'awaiting_payment',
  slot: 'none',
  source: 'online',
  paidMinor: 0,
  dueMinor: 29_000,
} as const;
const now = { over: false };

describe('what an order’s page says', () => {
  it('asks for the money while there is time', () => {
    expect(orderState(order, [], now)).toBe('awaiting');
    expect(orderState(order, [{ status: 'open' }], now)).toBe('awaiting');
    expect(orderState({ ...order, status: 'draft' }, [], now)).toBe('awaiting');
  });

  it('says why the last try failed, not an earlier one', () => {
    expect(orderState(order, [{ status: 'failed' }, { status: 'expired' }], now)).toBe('failed');
    expect(orderState(order, [{ status: 'open' }, { status: 'failed' }], now)).toBe('awaiting');
  });

  it('waits for a bank that is working, even when the time is over', () => {
    expect(orderState(order, [{ status: 'processing' }], { over: true })).toBe('processing');
  });

  it('is over online, but an order of the desk stays open', () => {
    const lapsed = { ...order, status: 'expired' } as const;
    expect(orderState(lapsed, [{ status: 'expired' }], { over: true })).toBe('expired');
    expect(orderState({ ...lapsed, source: 'desk' }, [{ status: 'expired' }], { over: true })).toBe(
      'awaiting',
    );
  });

  it('stands with a deposit, and with less than that it does not', () => {
    const part = { ...order, status: 'part_paid', paidMinor: 3_000 } as const;
    expect(orderState({ ...part, dueMinor: 0 }, [{ status: 'succeeded' }], now)).toBe('part_paid');
    expect(orderState({ ...part, dueMinor: 100 }, [{ status: 'succeeded' }], now)).toBe('awaiting');
  });

  it('asks for another time before anything else is said about money that arrived', () => {
    const late = { ...order, status: 'paid', slot: 'to_choose', paidMinor: 29_000, dueMinor: 0 } as const;
    expect(orderState(late, [{ status: 'succeeded' }], { over: true })).toBe('to_choose');
    expect(orderState({ ...late, slot: 'given_up' }, [{ status: 'succeeded' }], now)).toBe('giving_back');
  });

  it('a dispute and money that went back are said first', () => {
    for (const status of ['disputed', 'refunded', 'cancelled'] as const)
      expect(orderState({ ...order, status, slot: 'to_choose' }, [{ status: 'succeeded' }], now)).toBe(
        status,
      );
  });
});
