/** What a form-encoded body says, with `a[b][0]=c` as nested objects. Lists are objects with the keys 0, 1, … */
export interface FormValues {
  readonly [name: string]: string | FormValues | undefined;
}

interface Growing {
  [name: string]: string | Growing | undefined;
}

/** Reads a body as Stripe's library writes it. */
export function parseForm(body: string): FormValues {
  const root: Growing = Object.create(null) as Growing;
  for (const [name, value] of new URLSearchParams(body)) {
    const path = name.split(/\[|\]\[|\]/).filter((part, index) => index === 0 || part !== '');
    let at = root;
    for (const part of path.slice(0, -1)) {
      const next = at[part];
      const child: Growing = typeof next === 'object' ? next : (Object.create(null) as Growing);
      at[part] = child;
      at = child;
    }
    at[path.at(-1) ?? ''] = value;
  }
  return root;
}

/** The text at a path, or null. */
export function textAt(form: FormValues, ...path: readonly string[]): string | null {
  let at: string | FormValues | undefined = form;
  for (const part of path) at = typeof at === 'object' ? at[part] : undefined;
  return typeof at === 'string' ? at : null;
}

/** The members of a list at a path, in order. */
export function listAt(form: FormValues, name: string): readonly FormValues[] {
  const list = form[name];
  if (typeof list !== 'object') return [];
  return Object.values(list).filter((one) => typeof one === 'object');
}
