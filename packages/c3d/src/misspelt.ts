import type { ParameterGroup } from './parameters.ts';
import type { Warn } from './warnings.ts';

/** Names that programs have written for the standard's. */
const GROUP_ALIASES: Readonly<Record<string, string>> = {
  FORCE_PLATEFORM: 'FORCE_PLATFORM',
  FORCE_PLATFORMS: 'FORCE_PLATFORM',
  EVENTS: 'EVENT',
  ROTATIONS: 'ROTATION',
};
const PARAMETER_ALIASES: Readonly<Record<string, string>> = {
  'ANALOG:OFFSETS': 'OFFSET',
  'ANALOG:SCALES': 'SCALE',
  'POINT:FRAME': 'FRAMES',
  'POINT:LABEL': 'LABELS',
  'ANALOG:LABEL': 'LABELS',
};

/** The groups with well-known misspelt names put right, where the right name is not there as well. */
export function withNamesPutRight(groups: readonly ParameterGroup[], warn: Warn): readonly ParameterGroup[] {
  const names = new Set(groups.map(({ name }) => name.toUpperCase()));
  return groups.map((group) => {
    const alias = GROUP_ALIASES[group.name.toUpperCase()];
    const misspelt = alias !== undefined && !names.has(alias);
    if (misspelt) warn('misspelt-name', `This group is read as ${alias}.`, { group: group.name });
    return withParametersPutRight(misspelt ? { ...group, name: alias } : group, warn);
  });
}

function withParametersPutRight(group: ParameterGroup, warn: Warn): ParameterGroup {
  const names = new Set(group.parameters.map(({ name }) => name.toUpperCase()));
  const aliasOf = (name: string) => {
    const alias = PARAMETER_ALIASES[`${group.name.toUpperCase()}:${name.toUpperCase()}`];
    return alias === undefined || names.has(alias) ? undefined : alias;
  };
  if (!group.parameters.some(({ name }) => aliasOf(name) !== undefined)) return group;
  const parameters = group.parameters.map((parameter) => {
    const alias = aliasOf(parameter.name);
    if (alias === undefined) return parameter;
    const place = { group: group.name, parameter: parameter.name };
    warn('misspelt-name', `This parameter is read as ${alias}.`, place);
    return { ...parameter, name: alias };
  });
  return { ...group, parameters };
}
