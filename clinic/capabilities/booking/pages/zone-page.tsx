import { HiddenFields } from './steps.tsx';
import { zoneCity } from './times.ts';

/** Where somebody says by whose clock she wants to read times: the way that needs no script. */
export function ZonePage(props: {
  /** The zones of the clinic's places, offered first. */
  near: readonly string[];
  zones: readonly string[];
  chosen: string | null;
  fields: Readonly<Record<string, string>>;
  problem: boolean;
}) {
  const { near, zones, chosen } = props;
  const regions = Map.groupBy(zones, (zone) => zone.split('/', 1)[0] ?? zone);
  return (
    <form method="post" action="/book/zone" class="booking stack">
      <h1>Whose clock?</h1>
      <p class="lead">Choose the city whose time you live by. We then show every time by your clock first.</p>
      <HiddenFields fields={props.fields} />
      <label class="field" for="field-zone">
        Time zone
        <select id="field-zone" name="zone" required aria-invalid={props.problem ? 'true' : undefined}>
          <optgroup label="Where the clinic is">
            {near.map((zone) => (
              <option key={zone} value={zone} selected={zone === chosen}>
                {zoneCity(zone)}
              </option>
            ))}
          </optgroup>
          {[...regions].map(([region, some]) => (
            <optgroup key={region} label={region}>
              {some
                .filter((zone) => !near.includes(zone))
                .map((zone) => (
                  <option key={zone} value={zone} selected={zone === chosen}>
                    {zoneCity(zone)}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
        {props.problem && (
          <small class="error">We do not know that time zone. Please choose one from the list.</small>
        )}
      </label>
      <button type="submit" class="primary roomy">
        Show times there
      </button>
    </form>
  );
}
