import type { Header } from './header.ts';
import { firstCount, numbersOf, type ParameterGroup, placeOf, textsOf } from './parameters.ts';
import type { Warn } from './warnings.ts';

/** Something that happened at a moment of the recording, such as a foot strike. */
export interface C3dEvent {
  /** Which of the file's two lists it stands in. */
  readonly source: 'event-group' | 'header';
  readonly label: string;
  /** Whose side it is, as the file writes it: Left, Right, General; '' for events of the header. */
  readonly context: string;
  readonly subject: string;
  readonly description: string;
  /** Seconds since frame 1 of the recording, which may lie before the first stored frame. */
  readonly timeS: number;
  /** Whether the header asks to show it; events of the group are always shown. */
  readonly displayed: boolean;
  readonly iconId: number;
  readonly genericFlag: number;
}

/** All events: those of the EVENT group in the file's order, then those of the header. */
export function readEvents(header: Header, groups: readonly ParameterGroup[], warn: Warn): C3dEvent[] {
  const fromHeader = header.events.map((event) => ({
    source: 'header' as const,
    ...event,
    context: '',
    subject: '',
    description: '',
    iconId: 0,
    genericFlag: 0,
  }));
  return [...readGroupEvents(groups, warn), ...fromHeader];
}

/** EVENT:TIMES holds minutes and seconds of each event, in turn (C3D user guide, "The EVENT Group"). */
function readGroupEvents(groups: readonly ParameterGroup[], warn: Warn): C3dEvent[] {
  const used = firstCount(groups, 'EVENT', 'USED') ?? 0;
  const times = numbersOf(groups, 'EVENT', 'TIMES');
  const count = Math.min(used, Math.floor(times.length / 2));
  const text = (parameter: string) => textsOf(groups, 'EVENT', parameter);
  const [labels, contexts, subjects] = [text('LABELS'), text('CONTEXTS'), text('SUBJECTS')];
  const [descriptions, icons] = [text('DESCRIPTIONS'), numbersOf(groups, 'EVENT', 'ICON_IDS')];
  const flags = numbersOf(groups, 'EVENT', 'GENERIC_FLAGS');
  const events: C3dEvent[] = [];
  for (let index = 0; index < count; index += 1) {
    const timeS = 60 * (times[2 * index] as number) + (times[2 * index + 1] as number);
    const label = labels[index] ?? '';
    if (!Number.isFinite(timeS) || label === '') continue;
    events.push({
      source: 'event-group',
      label,
      context: contexts[index] ?? '',
      subject: subjects[index] ?? '',
      description: descriptions[index] ?? '',
      timeS,
      displayed: true,
      iconId: icons[index] ?? 0,
      genericFlag: flags[index] ?? 0,
    });
  }
  if (events.length < used) {
    warn(
      'events-incomplete',
      `${events.length} of ${used} events have both a label and a time.`,
      placeOf(groups, 'EVENT', 'USED'),
    );
  }
  return events;
}
