import type { Finding } from '../../problems/finding.ts';
import type { Evidence } from '../evidence.ts';

function engineCanBeInstalled({ declaration, engine }: Evidence): readonly Finding[] {
  const { install, version = '' } = declaration.federation ?? {};
  if (install !== true || engine === null) return [];
  const refusal = engine.refuseInstallation(version);
  return refusal === null ? [] : [{ path: ['federation', 'install'], got: install, ...refusal }];
}

function chartRepositoryIsRead({ declaration, engine }: Evidence): readonly Finding[] {
  const { istio = {}, federation = {} } = declaration;
  const findings: Finding[] = [];
  // A misspelt installer may be helm. Without the key the installer is istioctl.
  const isHelm = 'installer' in istio && (istio.installer ?? 'helm') === 'helm';
  if ('chartRepository' in istio && !isHelm)
    findings.push({
      path: ['istio', 'chartRepository'],
      got: istio.chartRepository,
      expected: 'installer: helm, the only installer that reads a chart repository',
      fix: 'remove it, or add installer: helm',
    });
  const isInstalled = 'install' in federation && federation.install !== false;
  const isNeverInstalled = engine !== null && engine.installationOf === null;
  if ('chartRepository' in federation && !isInstalled)
    findings.push({
      path: ['federation', 'chartRepository'],
      got: federation.chartRepository,
      expected: isNeverInstalled
        ? `no chart repository with engine: ${engine.facts.name}: the plan installs nothing`
        : 'install: true, because a chart repository is used only to install the engine',
      fix: isNeverInstalled ? 'remove it' : 'remove it, or add install: true',
    });
  return findings;
}

/** Rules about installations and chart repositories. */
export const installationRules = { engineCanBeInstalled, chartRepositoryIsRead };
