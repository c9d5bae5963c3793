// What we use of a library that brings no types of its own.
declare module 'dcmjs' {
  const dcmjs: {
    readonly data: {
      readonly DicomMetaDictionary: {
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
