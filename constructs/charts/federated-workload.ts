import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { KubernetesObject } from '../model/federation.ts';
import { FederatedObject } from '../parts/federated-object.ts';
import type { Component } from '../plan/component.ts';

/** The objects of a workload that the federation engine delivers. */
export class FederatedWorkloadChart extends Chart {
  constructor(scope: Construct, id: string, { objects }: Extract<Component, { kind: 'federatedWorkload' }>) {
    super(scope, id);
    for (const { object, placement, overrides } of objects) {
      const { kind, metadata } = object;
      const namespace = typeof metadata.namespace === 'string' ? metadata.namespace : null;
      const template = toTemplate(object);
      new FederatedObject(this, `${kind}-${metadata.name}`, {
        kind,
        annotations: {},
        name: metadata.name,
        namespace,
        template,
        placement,
        overrides,
      });
    }
  }
}

// What `kubefedctl federate` keeps of an object: all but apiVersion, kind, status and the metadata other than labels
// (kubefed v0.4.1 pkg/kubefedctl/federate/federate.go).
function toTemplate({ apiVersion: _, kind: __, status: ___, metadata, ...rest }: KubernetesObject): object {
  return 'labels' in metadata ? { metadata: { labels: metadata.labels }, ...rest } : rest;
}
