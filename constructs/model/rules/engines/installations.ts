import { kubefedReleases } from '../../../domain/kubefed-releases.ts';
import type { Finding } from '../../problems/finding.ts';
import { type Evidence, engineOf } from '../evidence.ts';

function engineCanBeInstalled(evidence: Evidence): readonly Finding[] {
  const engine = engineOf(evidence);
  const { install, version = '' } = evidence.declaration.federation ?? {};
  if (engine === undefined || install !== true) return [];
  const finding = { path: ['federation', 'install'], got: install };
  if (engine.howToInstall !== null)
    return [{ ...finding, expected: `no installation with engine: ${engine.name}`, fix: engine.howToInstall }];
  if (kubefedReleases[version]?.isInstalled !== false) return [];
  const expected = `no installation of KubeFed ${version}: no Kubernetes that runs it is left to try that on`;
  return [{ ...finding, expected, fix: 'remove install and install it as in the tutorial, or use 0.10.0' }];
}

function chartRepositoryIsRead({ declaration }: Evidence): readonly Finding[] {
  const { istio = {}, federation = {} } = declaration;
  const findings: Finding[] = [];
  // A misspelt installer may be helm; without the key it is istioctl.
  const isHelm = 'installer' in istio && (istio.installer ?? 'helm') === 'helm';
  if ('chartRepository' in istio && !isHelm)
    findings.push({
      path: ['istio', 'chartRepository'],
      got: istio.chartRepository,
      expected: 'installer: helm, which alone reads a chart repository',
      fix: 'remove it, or add installer: helm',
    });
  const isInstalled = 'install' in federation && federation.install !== false;
  if ('chartRepository' in federation && !isInstalled)
    findings.push({
      path: ['federation', 'chartRepository'],
      got: federation.chartRepository,
      expected: 'install: true, without which nobody reads a chart repository',
      fix: 'remove it, or add install: true',
    });
  return findings;
}

/** Rules about what is installed, and from where. */
export const installationRules = { engineCanBeInstalled, chartRepositoryIsRead };
