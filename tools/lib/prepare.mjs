import { build, isBuilt } from './build.mjs';
import { install, isInstalled } from './install.mjs';
import { assertNode20, findNode24 } from './node24.mjs';
import { root } from './project.mjs';

/**
 * Installs the packages where they are not those of the lock file.
 * @returns the path of the Node that runs everything else
 */
export async function prepareInstall(steps, title = 'Installing the packages') {
  assertNode20();
  if (isInstalled()) steps.skip(title, 'up to date');
  else await steps.run(title, install);
  return findNode24();
}

/** Builds where the sources have changed since the last build. */
export async function prepareBuild(steps, node, title = 'Building') {
  if (isBuilt()) steps.skip(title, 'up to date');
  else await steps.run(title, (progress) => build(node, progress));
}

/** The environment of the built program: it finds migrations and browser files from the project's folder. */
export function programEnvironment() {
  return { NODE_ENV: 'production', ...process.env, RECTUS_ROOT: root };
}
