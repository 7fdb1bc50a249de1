import type { TrustModel } from '../../model/trust.ts';

/** The user has put the Secret into each cluster, or passes it to `apply`. */
export const existingModel: TrustModel = {
  facts: { name: 'existing', isCarried: false },
  errorRules: {},
  warningRules: {},
};
