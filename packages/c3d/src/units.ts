/** Millimetres in a unit of length as C3D files write it (sometimes cut to four letters); null if it is not known. */
export function mmPerUnit(unit: string): number | null {
  const text = unit.trim().toLowerCase();
  if (text === 'mm' || text.startsWith('milli')) return 1;
  if (text === 'cm' || text.startsWith('centi')) return 10;
  if (text === 'dm') return 100;
  if (text === 'm' || text.startsWith('met')) return 1000;
  if (text === 'in' || text.startsWith('inch')) return 25.4;
  return null;
}

/** Newton millimetres in a unit of moment as C3D files write it (Nmm, N-M, Ntmm, N.m); null if it is not known. */
export function nmmPerUnit(unit: string): number | null {
  const text = unit.toLowerCase().replace(/[^a-z]/g, '');
  const length = /^(?:n|nt|newton|newtons)(mm|cm|m|meter|metre|meters|metres)$/.exec(text)?.[1];
  return length === undefined ? null : mmPerUnit(length);
}
