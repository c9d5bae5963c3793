declare module 'dcmjs' {
  const dcmjs: { readonly log: { setLevel(level: 'silent'): void } };
  export default dcmjs;
}
