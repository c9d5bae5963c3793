/** Makes or uses a passkey and hands it over as a field of a form, which is sent like any other. */
const FAILED = 'The passkey was not used. You can try again, or ask for a link.';
const NOT_ADDED = 'The passkey was not added. You can try again whenever you like.';

// Browsers that cannot read and write passkeys as JSON keep to the mailed link.
if (typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential) {
  for (const missing of document.querySelectorAll<HTMLElement>('[data-passkey-missing]'))
    missing.hidden = true;
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) prepare(form);
}

function prepare(form: HTMLFormElement): void {
  const wish = form.dataset.passkey === 'create' ? create : use;
  const note = form.querySelector('[data-passkey-note]');
  let waiting: AbortController | null = null;
  form.hidden = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    waiting?.abort();
    try {
      send(form, await wish(form, {}));
    } catch {
      if (note) note.textContent = wish === create ? NOT_ADDED : FAILED;
    }
  });
  if (wish === use) void offerAtField();

  // Where the browser can, the passkey is also offered in the address field, before anything is typed.
  async function offerAtField(): Promise<void> {
    if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    waiting = new AbortController();
    try {
      send(form, await use(form, { mediation: 'conditional', signal: waiting.signal }));
    } catch {
      // Given up for the button, or nothing was chosen: the form still stands.
    }
  }
}

function create(form: HTMLFormElement): Promise<Credential | null> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(form.dataset.options ?? ''));
  return navigator.credentials.create({ publicKey });
}

function use(
  form: HTMLFormElement,
  how: Pick<CredentialRequestOptions, 'mediation' | 'signal'>,
): Promise<Credential | null> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(form.dataset.options ?? ''));
  return navigator.credentials.get({ publicKey, ...how });
}

function send(form: HTMLFormElement, credential: Credential | null): void {
  if (!(credential instanceof PublicKeyCredential)) throw new Error('No passkey was given');
  const field = form.elements.namedItem('credential');
  if (field instanceof HTMLInputElement) field.value = JSON.stringify(credential.toJSON());
  form.submit();
}
