import type { FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import { Notice } from '../../../platform/web/layout/index.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { deskPage } from '../../accounts/index.ts';

/** Addresses of the owner's settings. */
export const SETTINGS = {
  clinic: '/desk/settings',
  sites: '/desk/settings/sites',
  services: '/desk/settings/services',
  resources: '/desk/settings/resources',
  closures: '/desk/settings/closures',
  people: '/desk/settings/people',
} as const;

export type SettingsTab = keyof typeof SETTINGS;

const TABS: readonly { readonly tab: SettingsTab; readonly label: string }[] = [
  { tab: 'clinic', label: 'Clinic' },
  { tab: 'sites', label: 'Sites' },
  { tab: 'services', label: 'Services and prices' },
  { tab: 'resources', label: 'Clinicians, rooms, devices' },
  { tab: 'closures', label: 'Closures' },
  { tab: 'people', label: 'Who signs in' },
];

/** A page of the settings: the desk's frame, the tabs of the settings, a title, and word of what was just saved. */
export async function settingsPage(
  platform: Platform,
  request: FastifyRequest,
  options: { readonly title: string; readonly tab: SettingsTab; readonly lead?: string },
  children: ComponentChildren,
): Promise<string> {
  const saved = new URL(request.url, 'http://desk').searchParams.has('saved');
  return deskPage(
    platform,
    request,
    { title: options.title, current: 'settings' },
    <>
      <nav class="tabs settings-tabs" aria-label="Settings">
        {TABS.map(({ tab, label }) => (
          <a key={tab} href={SETTINGS[tab]} aria-current={tab === options.tab ? 'page' : undefined}>
            {label}
          </a>
        ))}
      </nav>
      <h1>{options.title}</h1>
      {options.lead && <p class="soft">{options.lead}</p>}
      {saved && request.method === 'GET' && <Notice kind="good" title="Saved" live />}
      {children}
    </>,
  );
}
