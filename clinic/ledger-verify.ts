import { type Books, RULE_COUNT, readBooks, verifyBooks } from './capabilities/payments/index.ts';
import { withDatabase } from './maintenance.ts';
import { openAs, provideSecret } from './place.ts';
import type { Config } from './platform/config.ts';
import type { ClinicContext } from './platform/database/in-clinic.ts';
import { openDatabase } from './platform/database/pool.ts';
import { readClinicById } from './platform/web/clinics.ts';

const say = (message: string) => void process.stdout.write(`${message}\n`);

/** `ledger-verify`: the books of every clinic, held against everything else. Exit code 1 when a rule is broken. */
export async function ledgerVerify(config: Config): Promise<number> {
  const secret = await provideSecret(config);
  return withDatabase(config, async ({ admin }) => {
    // The worker knows which clinics there are; the books are the pages' to read.
    const worker = openAs(admin, 'rectus_worker', secret, 1);
    const app = openAs(admin, 'rectus_app', secret, 1);
    try {
      const db = openDatabase(app);
      let broken = 0;
      for (const { id } of await worker<{ id: string }[]>`select clinics_to_serve() as id`) {
        const clinic = await readClinicById(db, id);
        const context: ClinicContext = { db, clinicId: id, actor: { kind: 'system', id: 'ledger-verify' } };
        sayBooks(clinic?.name ?? id, await readBooks(context));
        const problems = await verifyBooks(context);
        for (const { rule, count, examples } of problems)
          say(`  BROKEN: ${rule}: ${count}, such as ${examples.join(', ')}`);
        if (problems.length === 0) say(`  ${RULE_COUNT} rules hold`);
        broken += problems.length;
      }
      return broken === 0 ? 0 : 1;
    } finally {
      await Promise.all([worker.end({ timeout: 2 }), app.end({ timeout: 2 })]);
    }
  });
}

function sayBooks(name: string, { transactions, entries, orders, balances }: Books): void {
  say(`${name}: ${entries} entries of ${transactions} transactions, ${orders} orders.`);
  for (const { account, currency, balanceMinor } of balances) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' });
    const amount = format.format(balanceMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
    say(`  ${account.padEnd(18)}${amount.replaceAll('\u00a0', ' ').padStart(20)}`);
  }
  for (const currency of new Set(balances.map((one) => one.currency))) {
    const sum = balances.reduce(
      (total, one) => total + (one.currency === currency ? one.balanceMinor : 0),
      0,
    );
    say(sum === 0 ? `  ${currency} adds up to nothing` : `  BROKEN: ${currency} is ${sum} minor units off`);
  }
}
