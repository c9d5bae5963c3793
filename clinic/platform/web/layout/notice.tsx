import type { ComponentChildren } from 'preact';

/** `danger` is for danger alone; `mark` is "look again". */
export type NoticeKind = 'plain' | 'good' | 'warn' | 'danger' | 'mark';

/** A short message with its kind in words (the title) and in colour. `live` announces it to screen readers. */
export function Notice(props: {
  kind?: NoticeKind;
  title?: string | undefined;
  live?: boolean;
  children?: ComponentChildren;
}) {
  const { kind = 'plain', title, live, children } = props;
  return (
    <div class="notice" data-kind={kind} role={live ? (kind === 'danger' ? 'alert' : 'status') : undefined}>
      {title && <strong>{title}</strong>}
      {children}
    </div>
  );
}
