/** The name of a structure as it is compared: large letters and spaces aside. */
export function plainAnatomy(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Whether two names mean the same structure. */
export function sameAnatomy(one: string, other: string): boolean {
  return plainAnatomy(one) === plainAnatomy(other);
}
