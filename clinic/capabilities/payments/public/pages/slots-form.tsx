import type { ComponentChildren } from 'preact';
import { HiddenFields, SlotLabel, slotWords } from '../../../booking/index.ts';
import type { Slot } from './page-of.ts';

/**
 * Free times as radio buttons with one button below them. The button says which time it takes: it holds the words
 * for each, and the style sheet shows those of the one that is chosen, so no script is needed.
 */
export function SlotsForm(props: {
  action: string;
  fields: Readonly<Record<string, string | undefined>>;
  slots: readonly Slot[];
  /** What the button does, before the time: "Book". */
  verb: string;
  /** Where other days are. */
  more?: string | undefined;
  /** What stands beside the button. */
  children?: ComponentChildren;
}) {
  const { action, fields, slots, verb, more, children } = props;
  const places = new Set(slots.map((slot) => slot.site?.slug)).size > 1;
  return (
    <form method="post" action={action} class="stack slotsform">
      <HiddenFields fields={fields} />
      <fieldset>
        <legend class="vh">Free times</legend>
        <div class="slots">
          {slots.map((slot, index) => (
            <label key={slotValue(slot)} class="slot">
              <input type="radio" name="slot" value={slotValue(slot)} checked={index === 0} />
              <SlotLabel start={slot.start} time={slot.time} />
              {places && slot.site && (
                <small>
                  {slot.site.name}, {slot.site.city}
                </small>
              )}
            </label>
          ))}
          {more && (
            <a class="slot" href={more}>
              <span>More</span>
              <small>days</small>
            </a>
          )}
        </div>
      </fieldset>
      <div class="row">
        <button type="submit" class="primary roomy">
          {slots.map((slot) => (
            <span key={slotValue(slot)} class="chosen">
              {verb} {slotWords(slot.start, slot.time)}
              {places && slot.site && `, ${slot.site.name}`}
            </span>
          ))}
        </button>
        {children}
      </div>
    </form>
  );
}

/** A time and its site as a form sends them: `1764059400000 harbour`. */
export function slotValue({ start, site }: Slot): string {
  return site ? `${start} ${site.slug}` : String(start);
}
