import type { EngineName } from '../../domain/federation-engines.ts';
import type { Engine } from './engine.ts';
import { karmada } from './karmada.ts';
import { kubefed } from './kubefed.ts';
import { plain } from './plain.ts';

/** THE table of engines' plans. */
export const engines: Readonly<Record<EngineName, Engine>> = { kubefed, karmada, plain };
