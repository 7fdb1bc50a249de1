import type { EnginePreflight } from './engine-preflight.ts';
import { karmadaPreflight } from './karmada/preflight.ts';
import { kubefedPreflight } from './kubefed/preflight.ts';

/** THE table of engines in the preflight, by the name in a plan. An engine without a row has nothing to ask about. */
export const enginePreflights: ReadonlyMap<string, EnginePreflight> = new Map([
  ['kubefed', kubefedPreflight],
  ['karmada', karmadaPreflight],
]);
