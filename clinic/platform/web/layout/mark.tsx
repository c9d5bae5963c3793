/** The mark: a plumb line and a spine beside it. Decorative; the name always stands next to it. */
export function Mark() {
  return (
    <svg viewBox="0 0 26 36" fill="none" aria-hidden="true" width="22" height="31">
      <path d="M6 1v30" stroke="var(--accent)" stroke-width="2" />
      <path d="M2.5 31h7L6 36z" fill="var(--accent)" />
      <path
        d={SPINE}
        stroke="currentColor"
        stroke-width="4.2"
        stroke-linecap="round"
        stroke-dasharray="3.2 5.3"
      />
    </svg>
  );
}

/** The outline of the spine within a field of 26 by 36; also drawn on paper. */
export const SPINE = 'M13 2c6 4.5 8.5 8 5.5 12.5S11.5 21 13 26c.8 2.8 3.5 4.5 4.5 7.5';

/** The mark as a file of its own, for the browser's tab. Serve it as `image/svg+xml` at `/favicon.svg`. */
export const FAVICON_SVG = [
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-7 -2 40 40" fill="none">',
  '<rect x="-7" y="-2" width="40" height="40" rx="8" fill="#f9f4ec"/>',
  '<path d="M6 1v30" stroke="#7d2353" stroke-width="2"/><path d="M2.5 31h7L6 36z" fill="#7d2353"/>',
  `<path d="${SPINE}" stroke="#2d1c26" stroke-width="4.2" stroke-linecap="round" stroke-dasharray="3.2 5.3"/>`,
  '</svg>',
].join('');
