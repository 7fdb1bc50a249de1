import type { EngineModel } from '../../../model/engine.ts';
import { errorRules, warningRules } from './rules.ts';

/** Karmada, to the rules and the resolution. */
export const karmadaModel: EngineModel = {
  facts: {
    name: 'karmada',
    title: 'Karmada',
    makesNamespaces: true,
    adoptsNamespaces: false,
    needsDefinitions: true,
    keptMetadata: ['labels', 'annotations'],
    carriedKeyIsReadBy: null,
  },
  note: null,
  recommendedVersion: null,
  exampleContext: 'karmada-apiserver',
  words: {
    sameName: 'Karmada keeps one Cluster per name',
    negativeIndex: 'Karmada patches nothing of the object then',
    repeatedPath: 'Karmada would apply the one over the other',
    missingParent: 'Karmada would leave this cluster as it was',
    largeNumber: 'Karmada and JSON lose digits',
    value: 'text, a number, true, false, a list or a mapping',
  },
  carriesValue: () => true,
  refuseInstallation: () => ({
    expected: 'no installation with engine: karmada',
    fix: 'remove install; install it with karmadactl init, which gives it its own API server, and join with karmadactl: docs/engines.md',
  }),
  installationOf: null,
  errorRules,
  warningRules,
};
