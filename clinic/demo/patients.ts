import { addDays, type PlainDate } from '@rectus/schedule';
import type { Random } from './random.ts';

/** A made-up person. Mail goes to a reserved domain, and the telephone numbers belong to nobody. */
export interface PatientPlan {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: PlainDate | null;
  readonly email: string | null;
  readonly phone: string | null;
}

type Named = readonly [givenName: string, familyName: string];

/** Families of names, so that given and family names belong together. */
const ORIGINS: readonly { readonly given: readonly string[]; readonly family: readonly string[] }[] = [
  {
    given: ['Beatriz', 'João', 'Mariana', 'Tiago', 'Inês', 'Gonçalo', 'Leonor', 'Rui', 'Conceição', 'Duarte'],
    family: ['Almeida', 'Simões', 'Conceição', 'Magalhães', 'Antunes', 'Falcão', 'dos Santos', 'Vilaça'],
  },
  {
    given: ['Lena', 'Jürgen', 'Theo', 'Greta', 'Sören', 'Annegret', 'Emil', 'Käthe', 'Finn', 'Rosmarie'],
    family: ['Baumann', 'Krüger', 'Schäfer', 'Weiß', 'Lindner', 'von der Heide', 'Jäger', 'Petersen'],
  },
  {
    given: ['Elif', 'Çağla', 'Emre', 'Gülşen', 'Deniz', 'İbrahim'],
    family: ['Yılmaz', 'Öztürk', 'Çelik', 'Şahin', 'Aydoğan'],
  },
  {
    given: ['Samir', 'Noor', 'Yasmin', 'Karim', 'Layla', 'Idris'],
    family: ['Darwish', 'Haddad', 'El Khoury', 'Benali', 'al-Masri'],
  },
  {
    given: ['Adaeze', 'Chidi', 'Folake', 'Kwame', 'Amina', 'Tendai'],
    family: ['Okafor', 'Adeyemi', 'Mensah', 'Ndlovu', 'Diallo'],
  },
  {
    given: ['Łukasz', 'Agnieszka', 'Zdeněk', 'Jiřina', 'Małgorzata', 'Ondřej'],
    family: ['Wiśniewski', 'Dvořák', 'Żak', 'Krawczyk', 'Šimek'],
  },
  {
    given: ['Hương', 'Minh', 'Thảo', 'Quang'],
    family: ['Nguyễn', 'Trần', 'Phạm', 'Đặng'],
  },
  {
    given: ['Priya', 'Arjun', 'Meera', 'Rohan', 'Farida', 'Imran'],
    family: ['Raghunathan', 'Iyer', 'Chatterjee', 'Rahman', 'Siddiqui'],
  },
  {
    given: ['Siobhán', 'Ruth', 'Callum', 'Moira', 'Piers', 'Aoife'],
    family: ["O'Rourke", 'Osborne', 'MacLeod', 'Featherstone', 'Ní Dhónaill'],
  },
  {
    given: ['Chloé', 'Rémy', 'Maëlle', 'Piet', 'Ragnhild', 'Åsa', 'Þóra', 'José Luis'],
    family: ['Lefèvre', "d'Aubigny", 'van der Veen', 'Nygård', 'Sørensen', 'Jónsdóttir', 'García-Ibáñez'],
  },
];

/** Names that put a search to the test: other scripts, other spellings of one sound, a long one, a short one. */
const SPECIAL: readonly Named[] = [
  ['Ольга', 'Шевченко'],
  ['Νίκος', 'Παπαδάκης'],
  ['美玲', '陳'],
  ['Catarina', 'Meyer'],
  ['Katharina', 'Maier'],
  ['Katarina', 'Mayer'],
  ['Mohamed', 'El Amrani'],
  ['Mohammed', 'El-Amrani'],
  ['Stephan', 'Schmitt'],
  ['Stefan', 'Schmidt'],
  ['Bo', 'Ek'],
  ['Maria Antónia Francisca', 'de Vasconcelos e Sousa Corte-Real'],
];

/** One woman who was entered twice: same birth date, another spelling, another telephone. */
const TWICE: readonly Named[] = [
  ['Ana Sofia', 'Gonçalves'],
  ['Anna Sofia', 'Goncalves'],
];
const TWICE_BORN = '1991-03-14';

/** Makes up `count` people, no two of the same name. The first of them hold the names worth searching for. */
export function makePatients(
  random: Random,
  count: number,
  today: PlainDate,
  special: boolean,
): PatientPlan[] {
  const names: Named[] = special ? [...TWICE, ...SPECIAL] : [];
  const known = new Set(names.map((name) => name.join(' ')));
  while (names.length < count) {
    const origin = random.pick(ORIGINS);
    const name: Named = [random.pick(origin.given), random.pick(origin.family)];
    if (known.has(name.join(' '))) continue;
    known.add(name.join(' '));
    names.push(name);
  }
  return names.map((name, index) => makePatient(random, name, index, today));
}

function makePatient(random: Random, name: Named, index: number, today: PlainDate): PatientPlan {
  const [givenName, familyName] = name;
  const twice = TWICE.includes(name);
  // Mostly young parents, some of any age.
  const years = random.next() < 0.65 ? 24 + random.below(20) : 15 + random.below(68);
  const born = addDays(today, -Math.round(years * 365.25) - random.below(365));
  const phone =
    random.next() < 0.5
      ? `+44 7700 900${threeDigits(100 + index)}`
      : `+49 30 23125 ${threeDigits(100 + index)}`;
  return {
    id: random.uuid(),
    givenName,
    familyName,
    birthDate: twice ? TWICE_BORN : random.next() < 0.96 ? born : null,
    email: random.next() < 0.92 ? `${mailName(givenName, familyName, index)}@example.org` : null,
    phone: random.next() < 0.9 ? phone : null,
  };
}

function mailName(givenName: string, familyName: string, index: number): string {
  const plain = `${givenName}.${familyName}`
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z.]+/g, '');
  return plain.length > 3 ? plain.slice(0, 40) : `person${index}`;
}

function threeDigits(value: number): string {
  return String(value % 1000).padStart(3, '0');
}
