import { z } from 'zod';

/** A setting that cannot be used, said in words of the setting. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const flag = z
  .enum(['true', 'false', '1', '0', 'yes', 'no'])
  .transform((value) => value === 'true' || value === '1' || value === 'yes');

/** A secret may be sent there: encrypted, or without leaving this machine. */
function encryptedOrHere(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

const settings = z.object({
  PORT: z.coerce.number().int().min(1).max(65535).default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DIMSE_PORT: z.coerce.number().int().min(1).max(65535).optional(),
  DIMSE_HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(10),
  RECTUS_ROOT: z.string().min(1).default(process.cwd()),
  RECTUS_DATA_DIR: z.string().min(1).optional(),
  RECTUS_SECRET: z.string().min(32).optional(),
  RECTUS_DEMO: flag.default(true),
  TRUST_PROXY: flag.default(false),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.email().default('clinic@rectus.invalid'),
  STRIPE_API_URL: z
    .url({ protocol: /^https?$/ })
    .refine(encryptedOrHere, 'beyond this machine it must begin with https:')
    .default('https://api.stripe.com'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
});

/** Everything that can be set from outside, parsed once. The README lists each with its meaning. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Where machines that speak DIMSE are heard; a port of null hears none. */
  readonly dimsePort: number | null;
  readonly dimseHost: string;
  /** Where patients reach the clinic, without a trailing slash; links in mails begin with it. */
  readonly publicUrl: string;
  readonly databaseUrl: string | null;
  readonly databasePool: number;
  /** The folder that holds the built program. */
  readonly root: string;
  readonly dataDir: string | null;
  readonly secret: string | null;
  readonly demo: boolean;
  /** Believe X-Forwarded-* headers: only behind a proxy that sets them. */
  readonly trustProxy: boolean;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** Where Stripe answers; another address than the default only for tests. */
  readonly stripeApiUrl: string;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
}

/** Parses the environment. Throws {@link SettingsError} naming every setting that is wrong. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new SettingsError(`These settings cannot be used:\n${wrong.join('\n')}`);
  }
  const value = parsed.data;
  return {
    port: value.PORT,
    host: value.HOST,
    dimsePort: value.DIMSE_PORT ?? null,
    dimseHost: value.DIMSE_HOST,
    publicUrl: (value.PUBLIC_URL ?? `http://localhost:${value.PORT}`).replace(/\/+$/, ''),
    databaseUrl: value.DATABASE_URL ?? null,
    databasePool: value.DATABASE_POOL,
    root: value.RECTUS_ROOT,
    dataDir: value.RECTUS_DATA_DIR ?? null,
    secret: value.RECTUS_SECRET ?? null,
    demo: value.RECTUS_DEMO,
    trustProxy: value.TRUST_PROXY,
    smtpUrl: value.SMTP_URL ?? null,
    mailFrom: value.MAIL_FROM,
    stripeApiUrl: value.STRIPE_API_URL,
    logLevel: value.LOG_LEVEL,
  };
}
