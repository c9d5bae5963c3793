/** The pages of a patient's own area, and the way out of it. */
export function MyTabs({ current }: { current: 'overview' | 'account' }) {
  return (
    <div class="my-bar">
      <nav class="tabs" aria-label="My page">
        <a href="/my" aria-current={current === 'overview' ? 'page' : undefined}>
          My page
        </a>
        <a href="/my/account" aria-current={current === 'account' ? 'page' : undefined}>
          Signing in
        </a>
      </nav>
      <form method="post" action="/my/sign-out">
        <button type="submit" class="quiet">
          Sign out
        </button>
      </form>
    </div>
  );
}
