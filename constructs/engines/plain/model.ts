import { anyEngine, type EngineModel } from '../../model/engine.ts';

/** No engine, for the rules and the resolution: the differences of each cluster are rendered into its directory. */
export const plainModel: EngineModel = {
  facts: {
    name: 'plain',
    title: 'no engine',
    makesNamespaces: false,
    adoptsNamespaces: false,
    needsDefinitions: false,
    keptMetadata: null,
    carriedKeyIsReadBy: null,
  },
  note: 'workloads are rendered into the directory of each cluster',
  recommendedVersion: null,
  exampleContext: null,
  words: anyEngine,
  carriesValue: () => true,
  refuseInstallation: () => ({
    expected: 'no installation with engine: plain',
    fix: 'remove install: there is nothing to install',
  }),
  installationOf: null,
  errorRules: {},
  warningRules: {},
};
