/** An element that the server wrote under a name. @throws Error where the page lacks it */
export function partOf<E extends Element = HTMLElement>(root: ParentNode, name: string): E {
  const found = root.querySelector<E>(`[data-part="${name}"]`);
  if (!found) throw new Error(`The page lacks its ${name}`);
  return found;
}
