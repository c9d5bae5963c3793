/** The pages of a patient's own area. */
export function MyTabs({ current }: { current: 'overview' | 'account' }) {
  return (
    <nav class="tabs" aria-label="My page">
      <a href="/my" aria-current={current === 'overview' ? 'page' : undefined}>
        My page
      </a>
      <a href="/my/account" aria-current={current === 'account' ? 'page' : undefined}>
        Signing in
      </a>
    </nav>
  );
}
