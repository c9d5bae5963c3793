import type { FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import { Notice, type SettingsTab, SettingsTabs } from '../../../platform/web/layout/index.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { deskPage } from '../../accounts/index.ts';

export { SETTINGS_ROUTES as SETTINGS } from '../../../platform/web/layout/index.ts';

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
      <SettingsTabs current={options.tab} />
      <h1>{options.title}</h1>
      {options.lead && <p class="soft">{options.lead}</p>}
      {saved && request.method === 'GET' && <Notice kind="good" title="Saved" live />}
      {children}
    </>,
  );
}
