import type { ComponentChildren } from 'preact';
import type { ClinicContext } from '../../../platform/database/in-clinic.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import type { Catalogue } from '../../booking/index.ts';
import type { OpenTask } from './read-requests.ts';
import { readRequests, readTasks } from './read-requests.ts';
import { RequestCard, type RequestCardProps, TaskCard } from './request-cards.tsx';
import { suggestTimes, wishOf } from './suggest-times.ts';

/** What waits for somebody at the desk. */
export interface Queue {
  readonly tasks: readonly OpenTask[];
  readonly requests: readonly Omit<RequestCardProps, 'brief' | 'clinic' | 'now'>[];
}

/** Reads tasks and requests, with times to offer for the first `most` of them. */
export async function readQueue(
  context: ClinicContext,
  clinic: Clinic,
  catalogue: Catalogue,
  now: number,
  most: number,
): Promise<Queue> {
  const [tasks, requests] = await Promise.all([readTasks(context), readRequests(context)]);
  const shown = await Promise.all(
    requests.slice(0, most).map(async (request) => {
      const wish = wishOf(catalogue, clinic, request);
      const suggestions = wish ? await suggestTimes(context, clinic, wish, request, now) : [];
      const taskId = tasks.find((task) => task.requestId === request.id)?.id ?? null;
      return { request, suggestions, taskId };
    }),
  );
  return { tasks, requests: shown };
}

/** The queue beside the day. */
export function QueueAside(props: {
  queue: Queue;
  clinic: Clinic;
  now: number;
  waiting: number;
  mayAnswer: boolean;
  children?: ComponentChildren;
}) {
  const { queue, clinic, now, waiting, mayAnswer } = props;
  // A task about a request stands on the request's own card.
  const tasks = queue.tasks.filter((task) => !queue.requests.some((one) => one.taskId === task.id));
  return (
    <aside class="queue" aria-label="Waiting for an answer" id="queue">
      {tasks.length > 0 && (
        <section aria-labelledby="queue-tasks">
          <h2 id="queue-tasks">
            Tasks{' '}
            <span class="badge" data-kind="danger">
              {tasks.length}
            </span>
          </h2>
          <ul>
            {tasks.map((task) => (
              <TaskCard key={task.id} task={task} clinic={clinic} now={now} mayAnswer={mayAnswer} brief />
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="queue-requests">
        <h2 id="queue-requests">
          Requests{' '}
          <span class="badge" data-kind="mark">
            {waiting}
          </span>
        </h2>
        {queue.requests.length === 0 && <p class="soft small">Every request has been answered.</p>}
        <ul>
          {queue.requests.map((one) => (
            <RequestCard key={one.request.id} {...one} clinic={clinic} now={now} brief />
          ))}
        </ul>
        {waiting > queue.requests.length && <a href="/desk/requests">All {waiting} requests</a>}
      </section>
      {props.children}
    </aside>
  );
}
