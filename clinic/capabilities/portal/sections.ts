import type { PortalSection } from './portal.ts';
import { comingUp } from './sections/coming-up.tsx';
import { earlierVisits } from './sections/earlier-visits.tsx';
import { leftToBook } from './sections/left-to-book.tsx';
import { ordersAndReceipts } from './sections/orders-and-receipts.tsx';
import { publications } from './sections/publications.tsx';
import { reports } from './sections/reports.tsx';
import { waitingForYou } from './sections/waiting-for-you.tsx';

/** What the portal shows, in this order. Whatever a clinic does for its patients adds its section here. */
export const SECTIONS: readonly PortalSection[] = [
  waitingForYou,
  comingUp,
  reports,
  publications,
  leftToBook,
  ordersAndReceipts,
  earlierVisits,
];
