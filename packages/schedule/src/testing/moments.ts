/** Local dates around which each zone's clock does something worth testing. */
export const CHANGES: readonly { readonly zone: string; readonly date: string }[] = [
  { zone: 'Europe/Lisbon', date: '2027-03-28' },
  { zone: 'Europe/Lisbon', date: '2027-10-31' },
  { zone: 'Europe/Berlin', date: '2028-03-26' },
  { zone: 'Europe/Berlin', date: '2028-10-29' },
  { zone: 'America/New_York', date: '2027-03-14' },
  { zone: 'America/New_York', date: '2027-11-07' },
  { zone: 'Australia/Lord_Howe', date: '2027-04-04' },
  { zone: 'Australia/Lord_Howe', date: '2027-10-03' },
  { zone: 'America/Santiago', date: '2027-04-04' },
  { zone: 'America/Santiago', date: '2027-09-05' },
  { zone: 'Asia/Beirut', date: '2022-03-27' },
  { zone: 'Asia/Kathmandu', date: '2028-02-29' },
  { zone: 'Pacific/Apia', date: '2011-12-30' },
  { zone: 'Pacific/Apia', date: '2021-04-04' },
  { zone: 'America/St_Johns', date: '2010-11-07' },
  { zone: 'UTC', date: '2027-12-31' },
];

export const ZONES: readonly string[] = [...new Set(CHANGES.map(({ zone }) => zone))];
