import { z } from 'zod';
import { dnsLabelPattern } from '../../constructs/domain/kubernetes/dns-names.ts';
import type { Step } from '../../constructs/plan/steps/step.ts';
import { gateNames, type WaveName, waves } from '../../constructs/plan/waves.ts';

// A plan is read from a file that somebody may have edited. A text of it becomes an argument of a program, so none may
// begin like an option or hold what a terminal obeys.
const word = z.string().regex(/^(?!-)[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,500}$/u);
const label = z.string().regex(dnsLabelPattern);
const relativePath = word.refine((path) => !path.split('/').some((step) => ['', '.', '..'].includes(step)));
const base = {
  wave: z.enum(Object.keys(waves) as [WaveName, ...WaveName[]]),
  target: z.strictObject({ name: label, kubeContext: word, uid: word.nullable() }),
  gate: z
    .union([
      z.strictObject({ kind: z.literal('gateway-address-known'), expected: z.array(word) }),
      z.strictObject({ kind: z.literal('propagated'), clusters: z.array(word) }),
      z.strictObject({
        kind: z.enum(gateNames).exclude(['gateway-address-known', 'propagated']),
      }),
    ])
    .nullable(),
  engine: label.nullable(),
  needs: z.array(word),
  brings: z.array(
    z.discriminatedUnion('brings', [
      z.strictObject({ brings: z.literal('kinds'), group: z.string().regex(/^(\*\.)?[a-z0-9.-]+$/) }),
      z.strictObject({
        brings: z.literal('object'),
        group: z.union([z.literal(''), word]),
        kind: word,
        namespace: word.nullable(),
        name: word,
        isEverywhere: z.boolean(),
      }),
    ]),
  ),
  undo: label.nullable(),
};
const ofEngine = { ...base, engine: label };
const lateAddress = z.strictObject({ key: word, cluster: label }).nullable();
const read = { name: label, istioCluster: label };

/** The form of a step in `plan.json`: every action, and nothing besides. */
export const stepSchema: z.ZodType<Step> = z.discriminatedUnion('action', [
  z.strictObject({
    ...base,
    action: z.literal('preflight'),
    federation: label,
    expected: z
      .strictObject({
        kubernetes: z.tuple([word, word]),
        isLeaving: z.boolean(),
        rootFingerprint: word.nullable(),
        capacity: z.strictObject({ cores: z.number(), gibibytes: z.number() }).nullable(),
      })
      .nullable(),
  }),
  z.strictObject({
    ...ofEngine,
    action: z.literal('install-engine'),
    installation: z.strictObject({
      chart: word,
      version: word,
      chartRepository: word,
      image: word,
      pullSecrets: z.array(word),
    }),
  }),
  z.strictObject({
    ...ofEngine,
    action: z.literal('join'),
    joining: z.strictObject({ name: label, federationCluster: word, apiServer: word.nullable() }),
  }),
  z.strictObject({ ...base, action: z.literal('apply'), path: relativePath }),
  z.strictObject({ ...base, action: z.literal('istioctl-install'), path: relativePath, version: word, lateAddress }),
  z.strictObject({
    ...base,
    action: z.literal('helm-upgrade'),
    path: relativePath,
    release: word,
    namespace: word,
    chart: word,
    version: word,
    chartRepository: word,
    lateAddress,
  }),
  z.strictObject({ ...ofEngine, action: z.literal('federated-cacerts'), clusters: z.array(word) }),
  z.strictObject({
    ...base,
    action: z.literal('remote-secret'),
    read: z.strictObject({ ...read, apiServer: word.nullable() }),
  }),
  z.strictObject({ ...base, action: z.literal('remote-secret-gone'), read: z.strictObject(read) }),
  z.strictObject({ ...base, action: z.literal('verify') }),
]);
