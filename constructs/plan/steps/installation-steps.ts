import { istioNamespace } from '../../domain/istio/namespaces.ts';
import type { Cluster, Federation } from '../../model/federation.ts';
import type { Component, PlannedFile } from '../component.ts';
import { waves } from '../waves.ts';
import type { FilesOfWave } from './apply-steps.ts';
import { istioKinds } from './brought.ts';
import type { Gate } from './gate.ts';
import type { HelmUpgradeStep, IstioctlInstallStep, LateAddress, Step, StepBase } from './step.ts';
import { stepBase } from './step-base.ts';

/** A file of a cluster that a command reads, and the condition that must hold after the command. */
interface Installation<K extends Component['kind']> {
  readonly federation: Federation;
  readonly cluster: Cluster;
  readonly file: PlannedFile<Extract<Component, { kind: K }>>;
  readonly gate: Gate | null;
}

/** THE table of commands: the kinds of files that a program reads, and the step that calls the program. */
const commands = { istioOperator: istioctlInstallStep, helmValues: helmUpgradeStep };

type InstalledKind = keyof typeof commands;

/** Whether a command reads the file instead of kubectl applying it. */
export function isInstalled(file: PlannedFile): file is PlannedFile<Extract<Component, { kind: InstalledKind }>> {
  return file.component.kind in commands;
}

/** The steps that install the files of an installer, one step for each file. */
export function installationSteps(
  federation: Federation,
  { target, files }: FilesOfWave<Cluster>,
  gate: Gate | null,
): readonly Step[] {
  return files.filter(isInstalled).map((file) => {
    // The compiler cannot see that the kind of a component selects the function that accepts it.
    const command = commands[file.component.kind] as (installation: Installation<InstalledKind>) => Step;
    return command({ federation, cluster: target, file, gate });
  });
}

/** The file of a step. */
interface OfFile {
  readonly cluster: Cluster;
  readonly file: Pick<PlannedFile, 'wave' | 'name'>;
  readonly gate: Gate | null;
}

function baseOf({ cluster, file: { wave, name }, gate }: OfFile): StepBase & Pick<IstioctlInstallStep, 'path'> {
  return {
    ...stepBase({ wave, target: cluster }),
    path: `${cluster.name}/${waves[wave].directory}/${name}.yaml`,
    gate,
    brings: [istioKinds],
  };
}

function istioctlInstallStep(installation: Installation<'istioOperator'>): IstioctlInstallStep {
  const { federation, cluster } = installation;
  return {
    ...baseOf(installation),
    action: 'istioctl-install',
    needs: ['istioctl'],
    undo: 'istioctl-install',
    version: federation.istio.version,
    lateAddress: lateAddressOf(cluster, 'values.global.remotePilotAddress'),
  };
}

function helmUpgradeStep(installation: Installation<'helmValues'>): HelmUpgradeStep {
  const { federation, cluster, file, gate } = installation;
  const { release, chart } = file.component;
  const isIstiod = chart === 'istiod';
  return {
    ...baseOf(installation),
    action: 'helm-upgrade',
    needs: ['helm'],
    undo: 'helm-upgrade',
    // The base chart runs no pods, so nothing has to roll out.
    gate: isIstiod ? gate : null,
    release,
    namespace: istioNamespace,
    chart,
    version: federation.istio.version,
    chartRepository: federation.istio.chartRepository,
    lateAddress: isIstiod ? lateAddressOf(cluster, 'global.remotePilotAddress') : null,
  };
}

function lateAddressOf({ controlPlane }: Cluster, key: string): LateAddress | null {
  return controlPlane.kind === 'remote' && controlPlane.primaryAddress === null
    ? { key, cluster: controlPlane.primary }
    : null;
}
