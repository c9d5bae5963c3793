import type { Clinic } from '../../../platform/web/clinics.ts';
import { Notice } from '../../../platform/web/layout/index.ts';
import type { Queue } from './queue.tsx';
import { RequestCard, TaskCard } from './request-cards.tsx';

/** Everything that waits for an answer: referrals and safety answers first, then requests. */
export function RequestsPage(props: {
  queue: Queue;
  clinic: Clinic;
  now: number;
  said: string | null;
  mayAnswer: boolean;
}) {
  const { queue, clinic, now, said, mayAnswer } = props;
  return (
    <>
      <h1>Requests and tasks</h1>
      {said && <Notice kind="good" title={said} live />}
      {queue.tasks.length > 0 && (
        <section aria-labelledby="tasks">
          <h2 id="tasks">
            {queue.tasks.some(({ kind }) => kind === 'urgent_referral') ? 'Act now' : 'Safety answers'}{' '}
            <span class="badge" data-kind="danger">
              {queue.tasks.length}
            </span>
          </h2>
          <ul class="cards">
            {queue.tasks.map((task) => (
              <TaskCard key={task.id} {...{ task, clinic, now, mayAnswer }} brief={false} />
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="requests">
        <h2 id="requests">Requests</h2>
        {queue.requests.length === 0 && <p class="soft">Every request has been answered.</p>}
        <ul class="cards">
          {queue.requests.map((one) => (
            <RequestCard key={one.request.id} {...one} clinic={clinic} now={now} brief={false} />
          ))}
        </ul>
      </section>
    </>
  );
}
