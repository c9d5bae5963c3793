import type { ClinicView, ServiceView, TeamMemberView } from '../../platform/web/layout/index.ts';

/** A simulated clinic with two sites, for the tests of the pages. */
export const TWO_SITES: ClinicView = {
  name: 'Rectus',
  demo: true,
  locale: 'en-GB',
  phone: '+351 210 000 000',
  email: 'desk@demo.example',
  sites: [
    {
      id: 'site-1',
      slug: 'harbour',
      name: 'Harbour site',
      city: 'Lisbon',
      address: 'Rua do Cais 12',
      timeZone: 'Europe/Lisbon',
      hours: ['Mon to Fri 8:00 to 19:00', 'Sat 9:00 to 13:00'],
      note: 'Step-free, room to feed and change.',
    },
    {
      id: 'site-2',
      slug: 'mill',
      name: 'Mill site',
      city: 'Berlin',
      address: 'Mühlenhof 3',
      timeZone: 'Europe/Berlin',
      hours: ['Mon to Fri 7:30 to 18:00'],
      note: '',
    },
  ],
};

/** The least that a clinic can have: one site, nothing else known. */
export const BARE: ClinicView = {
  ...TWO_SITES,
  demo: false,
  phone: null,
  email: null,
  sites: TWO_SITES.sites.slice(1),
};

export const SERVICES: readonly ServiceView[] = [
  {
    slug: 'first-visit',
    name: 'First visit',
    summary: 'We listen, examine and watch you move.',
    durationMin: 45,
    mode: 'site',
    priceMinor: 8500,
    currency: 'EUR',
    sites: ['Harbour site', 'Mill site'],
  },
  {
    slug: 'gait-lab',
    name: '3D gait analysis',
    summary: 'Every joint through every step.',
    durationMin: 75,
    mode: 'site',
    priceMinor: 29000,
    currency: 'EUR',
    sites: ['Harbour site'],
  },
  {
    slug: 'video-visit',
    name: 'Video visit',
    summary: 'From home.',
    durationMin: 30,
    mode: 'telehealth',
    priceMinor: 0,
    currency: 'EUR',
    sites: [],
  },
];

export const TEAM: readonly TeamMemberView[] = [
  {
    name: 'Ines Duarte',
    title: 'Physiotherapist',
    bio: 'Works with women before and after birth.',
    languages: ['Portuguese', 'English'],
    sites: ['Harbour site'],
  },
  { name: 'Jonas Feld', title: 'Sonographer', bio: '', sites: [] },
];
