import { z } from 'zod';
import { serverPattern } from '../../constructs/domain/addresses/patterns.ts';
import { dnsLabelPattern, dnsSubdomainPattern } from '../../constructs/domain/kubernetes/dns-names.ts';
import { chartRepositoryPattern, exactVersionPattern } from '../../constructs/model/declaration/shapes.ts';
import type { Step } from '../../constructs/plan/steps/step.ts';
import { gateNames, type WaveName, waves } from '../../constructs/plan/waves.ts';

// A plan is read from a file that somebody may have edited. A text of it becomes an argument of a program, so none may
// begin like an option or hold what a terminal obeys.
const word = z.string().regex(/^(?!-)[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,500}$/u);
const label = z.string().regex(dnsLabelPattern);
const subdomain = z.string().regex(dnsSubdomainPattern);
const apiServer = z.string().regex(serverPattern).nullable();
const version = z.string().regex(exactVersionPattern);
// Helm would read a comma as the end of a value, and a chart with a slash as a path.
const ofChart = { chart: label, version, chartRepository: z.string().regex(chartRepositoryPattern) };
const image = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,499}$/);
/** The path of a file below a directory, and of no other place. */
export const relativePath = word.refine((path) => !path.split('/').some((step) => ['', '.', '..'].includes(step)));
/** The programs of steps besides kubectl. Each is called, so a plan can name no other one. */
const tool = z.enum(['istioctl', 'helm', 'kubefedctl']);
const base = {
  wave: z.enum(Object.keys(waves) as [WaveName, ...WaveName[]]),
  target: z.strictObject({ name: label, kubeContext: word, uid: word.nullable() }),
  gate: z
    .union([
      z.strictObject({ kind: z.literal('gateway-address-known'), expected: z.array(word), onlyIp: z.boolean() }),
      z.strictObject({ kind: z.literal('propagated'), clusters: z.array(subdomain) }),
      z.strictObject({
        kind: z.enum(gateNames).exclude(['gateway-address-known', 'propagated']),
      }),
    ])
    .nullable(),
  engine: label.nullable(),
  needs: z.array(tool),
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
  owner: z.enum(['git', 'operator']).exactOptional(),
};
const ofEngine = { ...base, engine: label };
const valuePath = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,99}(\.[A-Za-z][A-Za-z0-9_]{0,99}){0,9}$/);
const lateAddress = z.strictObject({ key: valuePath, cluster: label }).nullable();
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
    installation: z.strictObject({ ...ofChart, image, pullSecrets: z.array(subdomain) }),
  }),
  z.strictObject({
    ...ofEngine,
    action: z.literal('join'),
    joining: z.strictObject({ name: label, federationCluster: subdomain, apiServer }),
  }),
  z.strictObject({ ...base, action: z.literal('apply'), path: relativePath }),
  z.strictObject({ ...base, action: z.literal('istioctl-install'), path: relativePath, version, lateAddress }),
  z.strictObject({
    ...base,
    action: z.literal('helm-upgrade'),
    path: relativePath,
    ...ofChart,
    release: label,
    namespace: label,
    lateAddress,
  }),
  z.strictObject({ ...ofEngine, action: z.literal('federated-cacerts'), clusters: z.array(subdomain) }),
  z.strictObject({
    ...base,
    action: z.literal('remote-secret'),
    read: z.strictObject({ ...read, apiServer }),
    isRemote: z.boolean(),
  }),
  z.strictObject({ ...base, action: z.literal('remote-secret-gone'), read: z.strictObject(read) }),
  z.strictObject({ ...base, action: z.literal('verify') }),
]);
