/** Addresses of the owner's settings, whatever capability each page belongs to. */
export const SETTINGS_ROUTES = {
  clinic: '/desk/settings',
  sites: '/desk/settings/sites',
  services: '/desk/settings/services',
  resources: '/desk/settings/resources',
  closures: '/desk/settings/closures',
  products: '/desk/settings/products',
  taxes: '/desk/settings/taxes',
  payments: '/desk/settings/payments',
  people: '/desk/settings/people',
} as const;

export type SettingsTab = keyof typeof SETTINGS_ROUTES;

const TABS: readonly { readonly tab: SettingsTab; readonly label: string }[] = [
  { tab: 'clinic', label: 'Clinic' },
  { tab: 'sites', label: 'Sites' },
  { tab: 'services', label: 'Services and prices' },
  { tab: 'resources', label: 'Clinicians, rooms, devices' },
  { tab: 'closures', label: 'Closures' },
  { tab: 'products', label: 'Packages and fees' },
  { tab: 'taxes', label: 'Taxes' },
  { tab: 'payments', label: 'Payments' },
  { tab: 'people', label: 'Staff accounts' },
];

/** The way from one page of the settings to the others. */
export function SettingsTabs({ current }: { current: SettingsTab }) {
  return (
    <nav class="tabs settings-tabs" aria-label="Settings">
      {TABS.map(({ tab, label }) => (
        <a key={tab} href={SETTINGS_ROUTES[tab]} aria-current={tab === current ? 'page' : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}
