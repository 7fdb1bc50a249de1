import { fluxFiles } from './delivery/flux-files.ts';
import { fluxModel } from './model.ts';

/** Flux; this is the part of each layer. */
export const flux = { model: fluxModel, delivery: fluxFiles };
