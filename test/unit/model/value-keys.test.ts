import { describe, expect, test } from 'vitest';
import { declare, findingsOf, webDeployment } from '../../support/mistakes.ts';

const rules = ['istio-values-fit-their-schema', 'istio-value-is-read', 'istio-value-has-no-other-owner'];

/** The paths and rules of the findings about these values. */
function findings(values: string, installer: string, version = '1.31.3'): readonly string[] {
  const istio = `{version: ${version}, topology: multi-primary, installer: ${installer}, values: ${values}}`;
  return findingsOf({ 'federation.yaml': declare({ istio }), 'web.yaml': webDeployment })
    .filter(({ rule }) => rules.includes(rule))
    .map(({ path, rule }) => `${path.replace('istio.values.', '')} ${rule}`);
}

const ofCharts = [
  'sidecarInjectorWebhookAnnotations: {a: b}',
  'initContainers: [{name: x, image: "y:1"}]',
  'pdb: {minAvailable: 1, unhealthyPodEvictionPolicy: AlwaysAllow}',
  'deploymentAnnotations: {a: b}',
  'terminationMessagePolicy: File',
];

describe('keys of the charts', () => {
  test.each([
    ...ofCharts,
    ...ofCharts.map((value) => `pilot: {${value}}`),
    'revisionTags: [prod]',
    'gateways: {securityContext: {runAsUser: 7}, seccompProfile: {type: RuntimeDefault}}',
    'gatewayClasses: {istio: {service: {}}}',
    'autoscaleMin: 2',
    'resources: {requests: {cpu: 1}, limits: {memory: 2Gi}}',
    'env: {A: b}',
    'base: {excludedCRDs: [], validationFailurePolicy: Fail}',
    'global: {proxy: {capNetBindService: "true"}}',
  ])('are taken with Helm: {%s}', (value) => {
    expect(findings(`{${value}}`, 'helm')).toEqual([]);
  });

  test.each(['istioctl', 'sail'])('are refused with %s, whose own types lack them', (installer) => {
    for (const value of ofCharts)
      for (const values of [`{${value}}`, `{pilot: {${value}}}`])
        expect(findings(values, installer)).toEqual([expect.stringMatching(/ istio-values-fit-their-schema$/)]);
  });

  test('that istioctl takes, too, are taken with it', () => {
    const values = '{revisionTags: [prod], gateways: {securityContext: {}}, pilot: {env: {A: b}}}';
    expect(findings(values, 'istioctl')).toEqual([]);
  });

  test('have their owners at the top, too', () => {
    expect(findings('{hub: a.example/b, env: {CLUSTER_ID: a}, global: {profile: ambient}}', 'helm')).toEqual([
      'global.profile istio-value-has-no-other-owner',
      'env.CLUSTER_ID istio-value-has-no-other-owner',
      'hub istio-value-has-no-other-owner',
    ]);
  });
});

describe('a key that no chart has', () => {
  test.each([
    ['{autoscaleMinn: 2}', 'autoscaleMinn'],
    ['{toString: 2}', 'toString'],
    ['{pilot: {valueOf: {}}}', 'pilot.valueOf'],
    ['{pilot: {initContaners: []}}', 'pilot.initContaners'],
    ['{pdb: {minAvailabel: 1}}', 'pdb.minAvailabel'],
    ['{gateways: {istio-ingressgateway: {autoscaleMin: 3}}}', 'gateways.istio-ingressgateway'],
    ['{ztunnel: {resources: {}}}', 'ztunnel'],
    ['{istio_cni: {enabled: true}}', 'istio_cni'],
    ['{cni: {cniBinDir: /opt}}', 'cni.cniBinDir'],
    ['{meshConfig: {accesLogFile: a}}', 'meshConfig.accesLogFile'],
  ])('is refused with Helm: %s', (values, path) => {
    expect(findings(values, 'helm')).toEqual([`${path} istio-values-fit-their-schema`]);
  });

  test.each(['istioctl', 'helm', 'sail'])('may have another place today: %s', (installer) => {
    const istio = `{version: 1.31.3, topology: multi-primary, installer: ${installer}, values: {global: {proxy: {concurrency: 2}}}}`;
    const files = { 'federation.yaml': declare({ istio }), 'web.yaml': webDeployment };
    expect(findingsOf(files).map(({ fix }) => fix)).toContain('write it as meshConfig.defaultConfig.concurrency');
  });

  test('may be one of a later istioctl', () => {
    const values = '{global: {networkPolicy: {enabled: true}}}';
    expect(findings(values, 'istioctl')).toEqual([]);
    expect(findings(values, 'istioctl', '1.26.8')).toEqual(['global.networkPolicy istio-values-fit-their-schema']);
    expect(findings(values, 'helm', '1.26.8')).toEqual(['global.networkPolicy istio-value-is-read']);
  });

  test('is named in a warning if the installer takes it', () => {
    const values =
      '{global: {jwtPolicy: third-party-jwt, proxy: {enableCoreDump: true}}, pilot: {resources: {limits: {cpu: 1}}}}';
    for (const installer of ['istioctl', 'helm', 'sail'])
      expect(findings(values, installer)).toEqual([
        'global.jwtPolicy istio-value-is-read',
        'global.proxy.enableCoreDump istio-value-is-read',
      ]);
  });

  test("may be for the user's own template of the injector", () => {
    const values =
      '{global: {arch: {amd64: 2}}, sidecarInjectorWebhook: {templates: {mine: "{{ .Values.global.arch }}"}}}';
    expect(findings(values, 'istioctl')).toEqual([]);
  });
});

describe('values of a remote', () => {
  const remote = (values: string, more = ''): readonly string[] => {
    const member = `network: network2, ${more}istio: {values: ${values}}`;
    const files = {
      'federation.yaml': declare({ host: 'network: network1, gateway: {address: 203.0.113.1}', member }),
    };
    return findingsOf({ ...files, 'web.yaml': webDeployment })
      .filter(({ rule }) => rule === 'remote-value-is-read')
      .map(({ path }) => path.replace('clusters.member.istio.values.', ''));
  };
  const values = '{global: {proxy: {logLevel: debug}}, pilot: {replicaCount: 3}, telemetry: {enabled: true}}';

  test('are refused if only its primary would read them', () => {
    expect(remote(values)).toEqual(['global.proxy', 'pilot.replicaCount', 'telemetry.enabled']);
    expect(remote('{sidecarInjectorWebhook: {rewriteAppHTTPProbe: false}, traceSampling: 1}')).toEqual([
      'sidecarInjectorWebhook.rewriteAppHTTPProbe',
    ]);
  });

  test('are taken if the remote reads them', () => {
    const read =
      '{base: {excludedCRDs: []}, global: {resourceScope: all}, sidecarInjectorWebhook: {reinvocationPolicy: Never}}';
    expect(remote(read)).toEqual([]);
  });

  test('are taken if it has an injector of its own', () => {
    expect(remote(values, 'controlPlane: {remoteOf: host, injector: local}, ')).toEqual([]);
  });
});
