import { titlesWith } from '../../gitops.ts';
import type { Finding } from '../../problems/finding.ts';
import { type Evidence, istioReleaseOf } from '../evidence.ts';

// A GitOps engine applies charts and objects, and runs no program of ours.
function gitopsEngineInstallsIstio(evidence: Evidence): readonly Finding[] {
  const { gitops, istio } = evidence.declaration;
  const release = istioReleaseOf(evidence);
  if (gitops === undefined || release === null || istio?.installer !== 'istioctl') return [];
  const others = release.installers.filter((installer) => installer !== 'istioctl');
  const words = others.map((installer) => `installer: ${installer}`).join(' or ');
  return [
    {
      path: ['istio', 'installer'],
      got: istio.installer,
      expected: `${words === '' ? 'an Istio with a chart or an operator' : words}: with gitops nobody runs istioctl`,
      fix:
        words === ''
          ? 'leave gitops out and apply this Istio with mesh-federation apply, or use Istio 1.24 or newer with installer: helm'
          : `use ${words}, or leave gitops out and use mesh-federation apply`,
    },
  ];
}

// An istiod without the CA makes one of its own. The wave in which the engine has the host's CA carried is none of Git's,
// and a GitOps engine waits for the clusters only within the waves of Git.
function gitopsCaIsThereFirst({ declaration: { gitops }, slices, trust }: Evidence): readonly Finding[] {
  if (gitops === undefined || trust === null || !trust.facts.isCarried) return [];
  const others = slices.trusts.flatMap(({ facts }) => (facts.isCarried ? [] : [`cacerts: ${facts.name}`])).join(' or ');
  return [
    {
      path: ['trust', 'cacerts'],
      got: trust.facts.name,
      expected: `${others}: with gitops nothing holds istiod back until the CA has been carried to its cluster`,
      fix: `use ${others}, with an intermediate per cluster`,
    },
  ];
}

function gitopsKeyIsOfTheEngine({ declaration: { gitops }, slices }: Evidence): readonly Finding[] {
  const engine = slices.gitops.find(({ name }) => name === gitops?.engine);
  if (gitops === undefined || engine === undefined) return [];
  const keys = [...new Set(slices.gitops.flatMap(({ ownKeys }) => ownKeys))];
  return keys
    .filter((key) => gitops[key] !== undefined && !engine.ownKeys.includes(key))
    .map((key) => ({
      path: ['gitops', key],
      got: gitops[key],
      expected: `no ${key} with ${engine.title}: only ${titlesWith(key, slices.gitops)} has it`,
      fix: 'leave it out',
    }));
}

/** Rules about GitOps engines. */
export const gitopsRules = { gitopsEngineInstallsIstio, gitopsCaIsThereFirst, gitopsKeyIsOfTheEngine };
