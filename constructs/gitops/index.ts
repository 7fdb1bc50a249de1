import type { GitopsDelivery } from '../delivery/gitops/entry-points.ts';
import type { GitopsFacts } from '../model/gitops.ts';
import { argocd } from './argocd/index.ts';
import { flux } from './flux/index.ts';

/** Everything specific to one GitOps engine, by layer. */
export interface GitopsSlice {
  readonly model: GitopsFacts;
  readonly delivery: GitopsDelivery;
}

/** THE table of GitOps engines: one row each. */
export const gitopsEngines: readonly GitopsSlice[] = [argocd, flux];
