import { addDays, dateAt, type Weekday } from '@rectus/schedule';
import { BERLIN, holidaysBetween, LISBON } from './holidays.ts';
import {
  type ClinicPlan,
  type HoursPlan,
  type ResourcePlan,
  type SitePlan,
  type StaffPlan,
  siteHolidays,
} from './plan.ts';
import type { Random } from './random.ts';
import { rectusServices, type Sites } from './rectus-services.ts';

const LISBON_ZONE = 'Europe/Lisbon';
const BERLIN_ZONE = 'Europe/Berlin';
const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5];

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
    services: rectusServices(random, sites),
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
    patientCount: 320,
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
