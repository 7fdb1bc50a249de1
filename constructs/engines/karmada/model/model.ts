import { anyEngine, type EngineModel } from '../../../model/engine.ts';
import { pageOf } from '../../../model/problems/pages.ts';
import { errorRules, warningRules } from './rules.ts';

/** Karmada for the rules and the resolution. */
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
    host: anyEngine.host,
    leavingHost: anyEngine.leavingHost,
    sameServer: anyEngine.sameServer,
    noProtocol: 'Karmada compares ports as written',
    sameName: 'Karmada keeps one Cluster per name',
    negativeIndex: 'with a negative index Karmada does not patch the object at all',
    repeatedPath: 'Karmada would apply the second over the first',
    missingParent: 'otherwise Karmada leaves this cluster unchanged',
    largeNumber: 'Karmada and JSON lose digits',
    value: 'a string, a number, true, false, a list or a mapping',
  },
  carriesValue: () => true,
  refuseInstallation: () => ({
    expected: 'no installation with engine: karmada',
    fix: `remove install; install Karmada with karmadactl init, which creates its own API server, and join the clusters with karmadactl: ${pageOf('engines.md')}`,
  }),
  installationOf: null,
  errorRules,
  warningRules,
};
