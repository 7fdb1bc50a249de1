import { argocdFiles } from './delivery/argocd-files.ts';
import { argocdModel } from './model.ts';

/** Argo CD; this is the part of each layer. */
export const argocd = { model: argocdModel, delivery: argocdFiles };
