import postgres from 'postgres';

/** Inserts numbers without end over several connections and prints each once the server has confirmed it. */
const sql = postgres({ ...JSON.parse(process.argv[2] ?? '{}'), max: 4, onnotice: () => undefined });
await sql`create table if not exists written (number bigint primary key)`;
let next = Number((await sql`select coalesce(max(number), 0) as last from written`)[0]?.last);

async function writeForever(): Promise<void> {
  for (;;) {
    next += 1;
    const number = next;
    await sql`insert into written values (${number})`;
    process.stdout.write(`${number}\n`);
  }
}
await Promise.all([writeForever(), writeForever(), writeForever(), writeForever()]).catch(() =>
  process.exit(0),
);
