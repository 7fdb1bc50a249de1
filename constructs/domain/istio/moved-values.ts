/**
 * Values that Istio's charts read once, and what has taken their place (1.31.0
 * manifests/charts/istio-control/istio-discovery/templates/NOTES.txt).
 */
export const movedValues: Readonly<Record<string, string>> = {
  'global.certificates': 'meshConfig.certificates',
  'global.enableTracing': 'meshConfig.enableTracing',
  'global.localityLbSetting': 'meshConfig.localityLbSetting',
  'global.outboundTrafficPolicy': 'meshConfig.outboundTrafficPolicy',
  'global.policyCheckFailOpen': 'meshConfig.policyCheckFailOpen',
  'global.proxy.accessLogFile': 'meshConfig.accessLogFile',
  'global.proxy.accessLogFormat': 'meshConfig.accessLogFormat',
  'global.proxy.concurrency': 'meshConfig.defaultConfig.concurrency',
  'global.proxy.envoyAccessLogService': 'meshConfig.defaultConfig.envoyAccessLogService',
  'global.proxy.envoyMetricsService': 'meshConfig.defaultConfig.envoyMetricsService',
  'global.proxy.protocolDetectionTimeout': 'meshConfig.protocolDetectionTimeout',
};
