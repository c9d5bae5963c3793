// What we use of a library that brings no types of its own.
declare module 'dcmjs' {
  const dcmjs: {
    readonly data: {
      readonly DicomMessage: {
        readFile(bytes: ArrayBuffer): {
          readonly meta: Readonly<Record<string, unknown>>;
          readonly dict: Readonly<Record<string, unknown>>;
        };
      };
      readonly DicomMetaDictionary: {
        /** By the names of the elements instead of their tags. */
        naturalizeDataset(elements: Readonly<Record<string, unknown>>): unknown;
        /** By tags as `(0010,0010)`. */
        readonly dictionary: Readonly<
          Record<string, { readonly vr?: string; readonly name?: string } | undefined>
        >;
      };
    };
    readonly log: { setLevel(level: 'silent' | 'error' | 'warn' | 'info'): void };
  };
  export default dcmjs;
}
