/** The picked files of a multipart form's field `files`; null for a body that is none. */
export async function filesOfForm({
  contentType,
  body,
}: {
  readonly contentType: string;
  readonly body: Buffer;
}): Promise<readonly File[] | null> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => null);
  if (!form) return null;
  // A form without a picked file sends one without a name.
  return form.getAll('files').filter((one): one is File => typeof one !== 'string' && one.name !== '');
}

/** The last part of a path, as browsers and other programs send it, without what cannot be shown. */
export function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  return last
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .slice(0, 200);
}
