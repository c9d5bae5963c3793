import type { Header } from './header.ts';
import type { ParameterGroup } from './parameters.ts';
import type { Warn } from './warnings.ts';

/** What is compared: the header, the parameters, and the file's true size. */
export interface Evidence {
  readonly header: Header;
  readonly groups: readonly ParameterGroup[];
  readonly fileBytes: number;
  readonly warn: Warn;
}
