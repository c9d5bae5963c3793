/** A media type with its parameters, names in small letters. */
export interface MediaType {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const PARAMETER = /;\s*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*))/g;

/** Reads one media type, such as a Content-Type. Source: RFC 9110 section 8.3. */
export function mediaTypeOf(text: string): MediaType {
  const [type = ''] = text.split(';', 1);
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, plain = ''] of text.slice(type.length).matchAll(PARAMETER))
    parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? plain);
  return { type: type.trim().toLowerCase(), parameters };
}

/** What an answer may be, the most wanted first; everything where nothing was said. Source: RFC 9110 section 12.5.1. */
export function acceptedTypes(header: string | undefined): readonly MediaType[] {
  const types = (header ?? '')
    .match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g)
    ?.map((text) => mediaTypeOf(text))
    .filter(({ type }) => type !== '');
  if (!types || types.length === 0) return [mediaTypeOf('*/*')];
  const weight = ({ parameters }: MediaType) => Number(parameters.get('q') ?? 1);
  return types.filter((one) => weight(one) > 0).toSorted((a, b) => weight(b) - weight(a));
}

/** Whether a wish such as `image/*` covers a type. */
export function covers(wish: string, type: string): boolean {
  return wish === '*/*' || wish === type || (wish.endsWith('/*') && type.startsWith(wish.slice(0, -1)));
}
