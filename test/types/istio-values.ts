// Only the compiler checks this file (npm run check): it lists code that must not compile, and the key that cdk8s would
// rename.
import type { IstioValues } from '../../imports/istio-values.ts';

export const mesh: IstioValues = { global: { meshID: 'mesh1' } };

// @ts-expect-error TS2561: the chart reads meshID
export const renamed: IstioValues = { global: { meshId: 'mesh1' } };

// @ts-expect-error TS2322: environment variables are texts
export const environment: IstioValues = { pilot: { env: { DEBUG: true } } };

// @ts-expect-error TS2322: no such encoding
export const encoding: IstioValues = { meshConfig: { accessLogEncoding: 'YAML' } };
