const TOOLS = {
  contrast: { name: 'Contrast', key: 'W', path: 'M11 3a8 8 0 1 0 0 16zM11 3a8 8 0 0 1 0 16' },
  zoom: {
    name: 'Zoom',
    key: 'Z',
    path: 'M9.5 3a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM14.5 14.5L19 19',
  },
} as const;

/** A tool of the viewer itself, in the rail. */
export function ToolButton({ tool }: { readonly tool: keyof typeof TOOLS }) {
  const { name, key, path } = TOOLS[tool];
  return (
    <button type="button" aria-pressed="false" aria-keyshortcuts={key} data-tool={tool} hidden>
      <Icon path={path} />
      <small>{name}</small>
      <kbd>{key}</kbd>
    </button>
  );
}

/** A line drawing of 22 by 22. */
export function Icon({ path }: { readonly path: string }) {
  return (
    <svg
      width="22"
      height="22"
      viewBox="0 0 22 22"
      fill="none"
      stroke="currentColor"
      stroke-width="1.7"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}
