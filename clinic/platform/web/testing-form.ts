/** The hidden fields of the form that posts to `action`, as a browser would send them. */
export function fieldsOf(markup: string, action: string): Record<string, string> {
  const form = markup.split('<form').find((part) => part.includes(`action="${action}"`)) ?? '';
  const inputs = form.split('</form>', 1)[0]?.matchAll(/<input([^>]*)>/g) ?? [];
  const fields = [...inputs]
    .map(([, attributes = '']) => attributes)
    .filter((text) => text.includes('type="hidden"'));
  return Object.fromEntries(fields.map((text) => [attribute(text, 'name'), attribute(text, 'value')]));
}

function attribute(text: string, name: string): string {
  return (new RegExp(` ${name}="([^"]*)"`).exec(text)?.[1] ?? '').replaceAll('&amp;', '&');
}
