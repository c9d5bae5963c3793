import type { ComponentChildren } from 'preact';

/** A table that a narrow screen scrolls sideways, by finger or by keyboard. */
export function WideTable({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="scroll" tabIndex={0} aria-label={label}>
      <table>{children}</table>
    </section>
  );
}
