import type { FunctionComponent } from 'preact';
import { renderToString } from 'preact-render-to-string';

/**
 * A drawing that never changes, drawn on first use and kept as text: a page full of figures then costs no more to
 * serve than a page of words. The drawing takes no input, so the text can hold nothing but our own markup.
 */
export function drawnOnce(Drawing: FunctionComponent): FunctionComponent {
  let html: string | undefined;
  return () => {
    html ??= renderToString(<Drawing />);
    return <div class="drawn" dangerouslySetInnerHTML={{ __html: html }} />;
  };
}
