import { Notice } from '../../../../platform/web/layout/index.ts';
import type { Step } from '../offers.ts';
import type { News } from './page-of.ts';

/** Says on every page where money is only practised that it is. */
export function PracticeBadge({ paid }: { paid: boolean }) {
  return (
    <p class="badge" data-kind="warn">
      Practice checkout: no real money {paid ? 'moved' : 'moves'}
    </p>
  );
}

/** A sure sign that the money has arrived. */
export function Tick() {
  return (
    <svg viewBox="0 0 40 40" width="40" height="40" aria-hidden="true">
      <circle cx="20" cy="20" r="18.5" fill="none" stroke="var(--good)" stroke-width="3" />
      <path
        d="M11.5 20.5l6 6L29 14.5"
        fill="none"
        stroke="var(--good)"
        stroke-width="3.5"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

export function Bring({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="bring">
      <h2 id="bring">What to wear and bring</h2>
      <ul class="ticks">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

export function Then({ steps }: { steps: readonly Step[] }) {
  if (steps.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="then">
      <h2 id="then">What happens then</h2>
      <ol class="then">
        {steps.map((step) => (
          <li key={step.title}>
            <b>{step.title}</b>
            {step.text && <small class="soft">{step.text}</small>}
          </li>
        ))}
      </ol>
    </section>
  );
}

export function NewsNotice({ news }: { news: News | null }) {
  return (
    news && (
      <Notice kind={news.kind} title={news.title} live>
        <p>{news.text}</p>
      </Notice>
    )
  );
}
