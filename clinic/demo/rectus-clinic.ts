import { addDays, dateAt, type Weekday } from '@rectus/schedule';
import { BERLIN, holidaysBetween, LISBON } from './holidays.ts';
import {
  type ClinicPlan,
  type HoursPlan,
  type ResourcePlan,
  type ServicePlan,
  type SitePlan,
  type StaffPlan,
  siteHolidays,
} from './plan.ts';
import type { Random } from './random.ts';

const LISBON_ZONE = 'Europe/Lisbon';
const BERLIN_ZONE = 'Europe/Berlin';
const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5];

interface Sites {
  readonly harbour: SitePlan;
  readonly mill: SitePlan;
}

/** The clinic of the demo: a house at the harbour with a gait lab, a smaller one in an old mill, and video. */
export function rectusClinic(random: Random, id: string, now: number): ClinicPlan {
  const sites = makeSites(random);
  const people = makePeople(random, sites);
  const rooms = makeRooms(random, sites);
  const today = dateAt(now, LISBON_ZONE);
  const [first, last] = [addDays(today, -30), addDays(today, 366)];
  const { ines, mara, jonas } = people;
  return {
    id,
    slug: 'rectus-demo',
    host: '*',
    name: 'Rectus',
    currency: 'EUR',
    timeZone: LISBON_ZONE,
    email: 'desk@rectus.example.org',
    phone: '+44 20 7946 0140',
    sites: [sites.harbour, sites.mill],
    resources: [...Object.values(people), ...Object.values(rooms)],
    services: makeServices(random, sites),
    staff: makeStaff(people),
    closures: [
      ...siteHolidays(sites.harbour, holidaysBetween(LISBON, first, last)),
      ...siteHolidays(sites.mill, holidaysBetween(BERLIN, first, last)),
      leave(jonas, addDays(today, 23), addDays(today, 27), 'Leave'),
    ],
    breaks: [
      {
        label: 'Team meeting',
        resourceIds: [ines.id, mara.id, jonas.id],
        weekday: 4,
        from: '08:30',
        to: '09:00',
        timeZone: LISBON_ZONE,
      },
      {
        label: 'Calibration: plates, cameras',
        resourceIds: [rooms.gaitLab.id],
        weekday: 2,
        from: '08:00',
        to: '09:30',
        timeZone: LISBON_ZONE,
      },
      {
        label: 'Case notes',
        resourceIds: [mara.id],
        weekday: 1,
        from: '16:30',
        to: '17:00',
        timeZone: LISBON_ZONE,
      },
    ],
    patientCount: 150,
  };
}

function makeSites(random: Random): Sites {
  return {
    harbour: {
      id: random.uuid(),
      slug: 'harbour',
      name: 'Harbour site',
      city: 'Lisbon',
      address: 'Doca 4 (simulated address), Lisbon',
      timeZone: LISBON_ZONE,
      note: 'Gait lab, ultrasound, step-free, room to feed and change.',
    },
    mill: {
      id: random.uuid(),
      slug: 'mill',
      name: 'Mill site',
      city: 'Berlin',
      address: 'Mühlenhof 7 (simulated address), Berlin',
      timeZone: BERLIN_ZONE,
      note: 'Ultrasound, step-free from the yard.',
    },
  };
}

function hours(
  site: SitePlan,
  weekdays: readonly Weekday[],
  spans: readonly (readonly [from: string, to: string])[],
  telehealth = false,
): HoursPlan[] {
  return spans.map(([from, to]) => ({
    siteId: site.id,
    telehealth,
    weekdays,
    from,
    to,
    timeZone: site.timeZone,
  }));
}

function makePeople(random: Random, { harbour, mill }: Sites) {
  const person = (of: Omit<ResourcePlan, 'id' | 'person'>): ResourcePlan => ({
    ...of,
    id: random.uuid(),
    person: true,
  });
  const ines = person({
    siteId: harbour.id,
    name: 'Ines Duarte',
    kinds: ['physiotherapist'],
    title: 'Physiotherapist',
    bio: 'Works with parents in the first years after a birth: pain in the lower back and pelvis, and how a day full of lifting can be arranged.',
    hours: [
      ...hours(
        harbour,
        WEEKDAYS,
        [
          ['08:00', '13:00'],
          ['14:00', '17:30'],
        ],
        true,
      ),
      ...hours(harbour, [6], [['09:00', '13:00']]),
      {
        siteId: null,
        telehealth: true,
        weekdays: [3],
        from: '19:30',
        to: '21:00',
        timeZone: LISBON_ZONE,
      },
    ],
  });
  const mara = person({
    siteId: harbour.id,
    name: 'Mara Oduya',
    kinds: ['physician'],
    title: 'Physician',
    bio: 'Sees people whose injury does not heal as expected, examines them again and decides with them what to look at next.',
    hours: [
      ...hours(
        harbour,
        [1, 3],
        [
          ['08:00', '12:30'],
          ['13:30', '17:30'],
        ],
        true,
      ),
      ...hours(
        harbour,
        [2, 4],
        [
          ['08:00', '12:30'],
          ['13:30', '19:00'],
        ],
        true,
      ),
      ...hours(harbour, [5], [['08:00', '12:30']], true),
    ],
  });
  const jonas = person({
    siteId: harbour.id,
    name: 'Jonas Feld',
    kinds: ['sonographer'],
    title: 'Sonographer',
    bio: 'Looks at muscles and tendons with ultrasound, at rest and while they pull.',
    hours: hours(harbour, WEEKDAYS, [
      ['08:30', '12:00'],
      ['13:00', '17:00'],
    ]),
  });
  const aylin = person({
    siteId: mill.id,
    name: 'Aylin Kaya',
    kinds: ['physiotherapist', 'sonographer'],
    title: 'Physiotherapist, ultrasound',
    bio: 'Treats backs, hips and thighs in Berlin, and brings the ultrasound along when a muscle should be seen at work.',
    hours: [
      ...hours(
        mill,
        [1, 2, 4],
        [
          ['07:30', '12:00'],
          ['12:45', '16:30'],
        ],
        true,
      ),
      ...hours(
        mill,
        [3, 5],
        [
          ['09:00', '13:00'],
          ['13:45', '18:00'],
        ],
        true,
      ),
    ],
  });
  return { ines, mara, jonas, aylin };
}

function makeRooms(random: Random, { harbour, mill }: Sites) {
  const thing = (site: SitePlan, name: string, kind: string, title: string): ResourcePlan => ({
    id: random.uuid(),
    siteId: site.id,
    name,
    kinds: [kind],
    person: false,
    title,
    bio: '',
    hours:
      site === harbour
        ? [...hours(site, WEEKDAYS, [['08:00', '19:00']]), ...hours(site, [6], [['09:00', '13:00']])]
        : hours(site, WEEKDAYS, [['07:30', '18:00']]),
  });
  return {
    room1: thing(harbour, 'Room 1', 'room', 'Step-free'),
    room2: thing(harbour, 'Room 2', 'room', 'Step-free'),
    room3: thing(harbour, 'Room 3', 'room', 'Can be darkened'),
    gaitLab: thing(harbour, 'Gait lab', 'gait lab', 'Two plates'),
    ultrasoundA: thing(harbour, 'Ultrasound', 'ultrasound', 'Machine A'),
    roomYard: thing(mill, 'Yard room', 'room', 'Step-free'),
    roomLoft: thing(mill, 'Loft room', 'room', 'One flight up'),
    ultrasoundB: thing(mill, 'Ultrasound', 'ultrasound', 'Machine B'),
  };
}

function makeStaff(people: ReturnType<typeof makePeople>): StaffPlan[] {
  const { ines, mara, jonas, aylin } = people;
  const clinician = (resource: ResourcePlan, name: string): StaffPlan => ({
    name: resource.name,
    email: `${name}@rectus.example.org`,
    password: `${name} looks again`,
    role: 'clinician',
    resourceId: resource.id,
  });
  return [
    {
      name: 'Helena Brandt',
      email: 'owner@rectus.example.org',
      password: 'the owner looks again',
      role: 'owner',
      resourceId: null,
    },
    {
      name: 'Tomás Reis',
      email: 'desk@rectus.example.org',
      password: 'the desk looks again',
      role: 'front_desk',
      resourceId: null,
    },
    clinician(ines, 'ines'),
    clinician(mara, 'mara'),
    clinician(jonas, 'jonas'),
    clinician(aylin, 'aylin'),
  ];
}

function leave(person: ResourcePlan, first: string, last: string, reason: string) {
  return { siteId: null, resourceId: person.id, first, last, timeZone: LISBON_ZONE, reason };
}

const PHYSIO_IN_ROOM = [
  { kind: 'physiotherapist', count: 1 },
  { kind: 'room', count: 1 },
];
const ULTRASOUND_IN_ROOM = [
  { kind: 'sonographer', count: 1 },
  { kind: 'room', count: 1 },
  { kind: 'ultrasound', count: 1 },
];

function makeServices(random: Random, { harbour, mill }: Sites): ServicePlan[] {
  const both = [harbour.id, mill.id];
  const usual = { mode: 'site', bufferAfterMin: 0, stepMin: 15, leadMin: 120, online: true } as const;
  const service = (of: Omit<ServicePlan, 'id' | keyof typeof usual> & Partial<ServicePlan>): ServicePlan => ({
    ...usual,
    ...of,
    id: random.uuid(),
  });
  return [
    service({
      slug: 'first-visit',
      name: 'First visit',
      summary: 'We listen, look at how you move and agree on what to do first.',
      durationMin: 45,
      priceMinor: 8500,
      siteIds: both,
      needs: PHYSIO_IN_ROOM,
      weight: 5,
    }),
    service({
      slug: 'follow-up',
      name: 'Follow-up',
      summary: 'What changed since last time, and the next step of your plan.',
      durationMin: 30,
      priceMinor: 6000,
      siteIds: both,
      needs: PHYSIO_IN_ROOM,
      weight: 9,
    }),
    service({
      slug: 'first-visit-video',
      name: 'First visit by video',
      summary: 'For a first conversation from home, with time for questions.',
      mode: 'telehealth',
      durationMin: 30,
      priceMinor: 6000,
      siteIds: [],
      needs: [{ kind: 'physiotherapist', count: 1 }],
      weight: 3,
    }),
    service({
      slug: 'physician-visit',
      name: 'Look again with a physician',
      summary: 'When recovery is slower than expected: a second examination from the beginning.',
      durationMin: 45,
      priceMinor: 11000,
      siteIds: [harbour.id],
      needs: [
        { kind: 'physician', count: 1 },
        { kind: 'room', count: 1 },
      ],
      weight: 6,
    }),
    service({
      slug: 'physician-video',
      name: 'Physician by video',
      summary: 'Results, questions and what comes next, from home.',
      mode: 'telehealth',
      durationMin: 20,
      stepMin: 10,
      priceMinor: 5500,
      siteIds: [],
      needs: [{ kind: 'physician', count: 1 }],
      weight: 2,
    }),
    service({
      slug: 'dynamic-ultrasound',
      name: 'Dynamic ultrasound',
      summary: 'We look at the muscle at rest and while you contract it.',
      durationMin: 30,
      bufferAfterMin: 5,
      priceMinor: 12000,
      siteIds: both,
      needs: ULTRASOUND_IN_ROOM,
      weight: 4,
    }),
    service({
      slug: 'drawing-in-check',
      name: 'Drawing-in check',
      summary: 'Ultrasound shows whether the deep abdominal muscle works while you draw in your lower belly.',
      durationMin: 30,
      bufferAfterMin: 5,
      priceMinor: 9000,
      siteIds: both,
      needs: ULTRASOUND_IN_ROOM,
      weight: 4,
    }),
    service({
      slug: 'gait-lab',
      name: '3D gait analysis',
      summary: 'A session in the gait lab and, later, a visit in which we go through the report together.',
      durationMin: 75,
      bufferAfterMin: 15,
      leadMin: 1440,
      priceMinor: 29000,
      siteIds: [harbour.id],
      needs: [
        { kind: 'gait lab', count: 1 },
        { kind: 'physiotherapist', count: 1 },
      ],
      weight: 2,
    }),
    service({
      slug: 'gait-report',
      name: 'Gait report visit',
      summary: 'The second half of a gait analysis: what we measured and what follows from it.',
      durationMin: 30,
      priceMinor: 0,
      online: false,
      siteIds: [harbour.id],
      needs: PHYSIO_IN_ROOM,
      weight: 1,
    }),
    service({
      slug: 'lift-check',
      name: 'Lift check',
      summary: 'You lift as you do at home, baby, stroller or crate, and we look at what your back does.',
      durationMin: 45,
      priceMinor: 7500,
      siteIds: both,
      needs: PHYSIO_IN_ROOM,
      weight: 3,
    }),
  ];
}
