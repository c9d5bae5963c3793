import type { FunctionComponent } from 'preact';
import type { OrderState } from '../order-state.ts';
import type { OrderPageProps } from './page-of.ts';
import { DisputedPage, GivingBackPage, RefundedPage, ToChoosePage } from './returned-pages.tsx';
import { SuccessPage } from './success-page.tsx';
import { AwaitingPage, CancelledPage, ExpiredPage, FailedPage, ProcessingPage } from './waiting-pages.tsx';

const PAGES: Readonly<Record<OrderState, FunctionComponent<OrderPageProps>>> = {
  awaiting: AwaitingPage,
  processing: ProcessingPage,
  failed: FailedPage,
  expired: ExpiredPage,
  to_choose: ToChoosePage,
  giving_back: GivingBackPage,
  paid: SuccessPage,
  part_paid: SuccessPage,
  partly_refunded: RefundedPage,
  refunded: RefundedPage,
  cancelled: CancelledPage,
  disputed: DisputedPage,
};

const TITLES: Readonly<Record<OrderState, string>> = {
  awaiting: 'Not paid yet',
  processing: 'Your bank is still working',
  failed: 'The payment did not go through',
  expired: 'The time to pay is over',
  to_choose: 'Choose another time',
  giving_back: 'Your money is on its way back',
  paid: 'Payment success',
  part_paid: 'Payment success',
  partly_refunded: 'A part was given back',
  refunded: 'Your money was given back',
  cancelled: 'This order is cancelled',
  disputed: 'This payment is disputed',
};

/** The page of an order in whichever state it is. */
export function OrderPage(props: OrderPageProps) {
  const Page = PAGES[props.view.state];
  return <Page {...props} />;
}

export function orderTitle(state: OrderState): string {
  return TITLES[state];
}
