/** The house, from the ground up: a room may use those below it. */
const floors = ['packages', 'platform', 'capabilities', 'interop', 'main', 'outside'];

/**
 * Says what is wrong with an import, or undefined.
 * @param from the importing file, relative to the project
 * @param target `file`, `builtin` or `package` (with the `declared` dependencies of the importer)
 */
export function breachOf(from, target) {
  const room = roomOf(from);
  if (room.floor === 'packages') {
    const breach = packageBreach(from, room, target);
    if (breach) return breach;
  }
  if (target.file === undefined) return undefined;
  const other = roomOf(target.file);
  if (floors.indexOf(other.floor) > floors.indexOf(room.floor)) {
    return `${room.floor} may not use ${other.floor} (imports point down: interop, capabilities, platform, packages)`;
  }
  const enters =
    other.floor === 'capabilities' && (room.floor === 'capabilities' || room.floor === 'interop');
  const door = `clinic/capabilities/${other.name}`;
  const forTests = isTest.test(from) && target.file === `${door}/testing.ts`;
  if (enters && other.name !== room.name && target.file !== `${door}/index.ts` && !forTests) {
    return `another capability is entered only through clinic/capabilities/${other.name}/index.ts`;
  }
  return undefined;
}

/** Tests, and what only they use. They may build on what another capability gives to tests. */
const isTest = /\.(test|fixture)\.tsx?$|\/testing(\/|\.tsx?$)/;

/** A package's door for programs that run on Node, apart from what it computes. */
const nodeDoor = /^packages\/[^/]+\/node\//;

/**
 * Packages are pure: no disk, network or clock of the system; only what their package.json names. Tests may, and so may
 * the folder `node` of a package, which the rest of it does not use.
 */
function packageBreach(from, room, target) {
  if (/\.(test|fixture)\.tsx?$|\/testing\//.test(from)) return undefined;
  const isDoor = nodeDoor.test(from);
  if (!isDoor && target.file && nodeDoor.test(target.file))
    return 'what a package computes runs without Node';
  if (target.builtin && !isDoor) return 'packages are pure and may not use modules of the system';
  if (target.package && !target.declared.has(target.package)) {
    return `packages/${room.name}/package.json does not name ${target.package}`;
  }
  const other = target.file && roomOf(target.file);
  if (other?.floor === 'packages' && other.name !== room.name && !target.file.endsWith('/index.ts')) {
    return 'another package is entered only through its own name';
  }
  return undefined;
}

function roomOf(file) {
  const [first, second, third] = file.split('/');
  if (first === 'packages') return { floor: 'packages', name: second };
  if (first !== 'clinic') return { floor: 'outside', name: first };
  if (second === 'platform' || second === 'capabilities' || second === 'interop')
    return { floor: second, name: third };
  return { floor: 'main', name: 'main' };
}
