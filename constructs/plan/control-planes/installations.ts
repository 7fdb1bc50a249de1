import type { IstioValues } from '../../../imports/istio-values.ts';
import { istioNamespace } from '../../domain/istio/namespaces.ts';
import type { Installer } from '../../domain/istio/releases.ts';
import type { Cluster, Federation } from '../../model/federation.ts';
import type { SailIstioSpec } from '../../model/istio-installation.ts';
import type { Component } from '../component.ts';
import { controlPlaneValues, notesOn } from './control-plane-values.ts';

interface Installation {
  readonly isRemote: boolean;
  readonly version: string;
  readonly values: IstioValues;
  /** The reasons for some of these values, for the reviewer. */
  readonly notes: readonly string[];
}

/** A file of an installation: its name and its content. */
interface InstallationFile {
  readonly name: string;
  readonly component: Component;
}

/** Current Istio in one cluster, as the files for its installer. */
export function installationFiles(federation: Federation, cluster: Cluster): readonly InstallationFile[] {
  const values = controlPlaneValues(federation, cluster);
  return installers[federation.istio.installer]({
    isRemote: cluster.controlPlane.kind === 'remote',
    version: federation.istio.version,
    values,
    notes: notesOn(values, federation, cluster),
  });
}

/** One row per installer: the same values in the form that the installer reads. */
const installers: Readonly<Record<Installer, (installation: Installation) => readonly InstallationFile[]>> = {
  istioctl: ({ isRemote, values, notes }) => [
    {
      name: 'istiod',
      component: { kind: 'istioOperator', spec: { profile: isRemote ? 'remote' : 'minimal', values }, notes },
    },
  ],
  helm: ({ isRemote, values, notes }) => {
    const all = isRemote ? { ...values, profile: 'remote' } : values;
    return [
      {
        name: 'base-values',
        component: { kind: 'helmValues', release: 'istio-base', chart: 'base', values: only(all, baseKeys), notes: [] },
      },
      {
        name: 'istiod-values',
        component: { kind: 'helmValues', release: 'istiod', chart: 'istiod', values: all, notes },
      },
    ];
  },
  sail: ({ isRemote, version, values, notes }) => [
    {
      name: 'istiod',
      component: { kind: 'sailIstio', name: 'default', spec: sailSpec(isRemote, version, values), notes },
    },
  ],
};

// The values that the base chart reads; the istiod chart accepts all values (1.31.0 manifests/charts/base/values.yaml).
const baseKeys = ['base', 'defaultRevision', 'experimental', 'global', 'profile'];

function only(values: IstioValues, keys: readonly string[]): IstioValues {
  return Object.fromEntries(Object.entries(values).filter(([key]) => keys.includes(key)));
}

function sailSpec(isRemote: boolean, version: string, values: IstioValues): SailIstioSpec {
  return {
    version: `v${version}`,
    namespace: istioNamespace,
    updateStrategy: { type: 'InPlace' },
    ...(isRemote ? { profile: 'remote' as const } : {}),
    values,
  };
}
