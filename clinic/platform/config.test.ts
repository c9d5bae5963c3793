import { describe, expect, it } from 'vitest';
import { readConfig, SettingsError } from './config.ts';

describe('settings', () => {
  it('all have defaults that open a clinic on this machine', () => {
    expect(readConfig({})).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      publicUrl: 'http://localhost:4000',
      demo: true,
      smtpUrl: null,
      dimsePort: null,
      dimseHost: '127.0.0.1',
    });
  });

  it('an empty one counts as not set', () => {
    expect(readConfig({ PORT: '', SMTP_URL: '' })).toMatchObject({ port: 4000, smtpUrl: null });
  });

  it('name every one that is wrong, and nothing is started', () => {
    const read = () =>
      readConfig({
        PORT: '70000',
        DATABASE_URL: 'mysql://here',
        RECTUS_DEMO: 'maybe',
        RECTUS_SECRET: 'short',
      });
    expect(read).toThrow(SettingsError);
    for (const name of ['PORT', 'DATABASE_URL', 'RECTUS_DEMO', 'RECTUS_SECRET']) expect(read).toThrow(name);
  });

  it('a key for payments travels encrypted, or not beyond this machine', () => {
    expect(readConfig({}).stripeApiUrl).toBe('https://api.stripe.com');
    expect(readConfig({ STRIPE_API_URL: 'http://127.0.0.1:4242' }).stripeApiUrl).toBe(
      'http://127.0.0.1:4242',
    );
    expect(() => readConfig({ STRIPE_API_URL: 'http://stripe.example' })).toThrow('STRIPE_API_URL');
  });

  it('links in mails never end in two slashes', () => {
    expect(readConfig({ PUBLIC_URL: 'https://clinic.example/' }).publicUrl).toBe('https://clinic.example');
  });
});
