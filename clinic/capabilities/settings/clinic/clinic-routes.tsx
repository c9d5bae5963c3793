import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FormErrors } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { SettingsForm, TextField } from '../parts/fields.tsx';
import { SETTINGS, settingsPage } from '../parts/settings-page.tsx';
import { readClinicSettings, saveClinicSettings } from './clinic-settings.ts';

/** The clinic itself: what it is called, how it is reached, its rules about time. */
export function clinicRoutes(app: FastifyInstance, platform: Platform): void {
  const page = (request: FastifyRequest, form: FormErrors) =>
    settingsPage(platform, request, { title: 'The clinic', tab: 'clinic' }, <ClinicForm form={form} />);

  app.get(SETTINGS.clinic, async (request, reply) => {
    const values = await readClinicSettings(request.context);
    return sendPage(reply, await page(request, { values, errors: {} }));
  });
  app.post(SETTINGS.clinic, async (request, reply) => {
    const saved = await saveClinicSettings(request.context, request.body);
    if (saved.ok) return reply.redirect(`${SETTINGS.clinic}?saved`, 303);
    return sendPage(reply, await page(request, saved.form), { status: saved.status });
  });
}

function ClinicForm({ form }: { form: FormErrors }) {
  return (
    <SettingsForm action={SETTINGS.clinic} form={form} submit="Save" back="/desk">
      <TextField form={form} name="name" label="Name" hint="As patients know it." max={120} />
      <TextField form={form} name="email" label="E-mail" type="email" optional max={200} />
      <TextField form={form} name="phone" label="Telephone" type="tel" optional max={40} />
      <TextField
        form={form}
        name="changeNotice"
        label="Free to move or cancel until, in hours before the visit"
        hint="0 lets patients change a visit until it begins."
        type="decimal"
      />
      <TextField
        form={form}
        name="reminderLead"
        label="Send the reminder, in hours before the visit"
        hint="0 sends none."
        type="decimal"
      />
      <TextField
        form={form}
        name="idleLock"
        label="Lock the desk after so many minutes without a hand on it"
        type="number"
      />
    </SettingsForm>
  );
}
