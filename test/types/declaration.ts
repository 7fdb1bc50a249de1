// Only the compiler checks this file (npm run check): it lists code that must not compile.
import type { Declaration } from '../../constructs/model/declaration/declaration.ts';
import type { ControlPlane } from '../../constructs/model/federation.ts';
import type { Component } from '../../constructs/plan/component.ts';
import { planFederation } from '../../constructs/plan/plan.ts';
import { waves } from '../../constructs/plan/waves.ts';

// @ts-expect-error TS2322: a remote without its primary
export const remote: ControlPlane = { kind: 'remote' };

// @ts-expect-error TS2322: no third kind of control plane
export const external: ControlPlane = { kind: 'external' };

// @ts-expect-error TS2345: only resolveFederation makes a Federation
planFederation({ name: 'demo', declaration: 'federation.yaml', clusters: [], workloads: [], cacerts: 'existing' });

// @ts-expect-error TS2322: no such role
export const hub: Declaration['clusters'][number]['role'] = 'hub';

// @ts-expect-error TS2353: a Gateway has one port
export const gateway: Component = { kind: 'passthroughGateway', name: 'g', selector: {}, port: 443, ports: [443] };

// @ts-expect-error TS2339: no wave without a row in the table
export const wave = waves.someday;
