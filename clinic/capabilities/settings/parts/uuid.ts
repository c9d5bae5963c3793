import { notFound } from '../../../platform/web/user-error.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** The id in an address such as `/desk/settings/sites/:id`. Throws the page "not found" for anything else. */
export function idOf(request: { readonly params: unknown }): string {
  const { id } = request.params as { readonly id?: string };
  if (!id || !isUuid(id)) throw notFound();
  return id;
}
