import type { Difference } from './deviations.ts';

/** How the command deviates from the scripts on the same servers, and why that is right. */
export const commandDifferences: readonly Difference[] = [
  {
    runs: /./,
    explains:
      /^((done besides: \w+ (apply|delete)|in the end (there is no|is another): \w+) endpoints\/istio-system\/istiod\b|in the end is another: \w+ configmaps\/kube-system\/mesh-federation-helm objects\.tsv, )/,
    reason:
      'Charts of Istio 1.28 and newer write an EndpointSlice; the output has an Endpoints where it knows the address.',
  },
  {
    runs: /./,
    explains: /^done besides: \w+ (apply|delete) lease\.coordination\.k8s\.io\/kube-system\/mesh-federation$/,
    reason: 'Two runs at once overwrote the record of each other: now each cluster has a Lease while a run changes it.',
  },
  {
    runs: /^(apply [67]|install 16|leaving 8)\./,
    explains: /^exit code 3 in place of [01]$/,
    reason: 'Something that differs, or cannot be tried yet, has an exit code of its own and is no failure.',
  },
  {
    runs: /^install 11\./,
    explains: /^exit code 4 in place of 1$/,
    reason: 'A condition that does not come true in time has an exit code of its own.',
  },
  {
    runs: /^install 11\./,
    explains: /^(done besides: host kubefedctl join member|in the end there is besides: )/,
    reason: 'All clusters of the wave join, and only then their registrations are waited for.',
  },
  {
    runs: /^destroy /,
    explains:
      /^(not done: host annotate|done besides: host apply) federatednamespace\.types\.kubefed\.io\/sample\/sample$/,
    reason: 'The annotation that keeps the copies is applied, so that the server knows whose it is.',
  },
  {
    runs: /^install /,
    explains:
      /^(not done: host patch|done besides: host apply) kubefedcluster\.core\.kubefed\.io\/kube-federation-system\/host$/,
    reason: 'The API server of a registration is applied, so that the server knows whose it is.',
  },
  {
    runs: /^(apply 16|interruptions 8)\./,
    explains: /./,
    reason: 'The clusters of a wave are side by side: the second one begins its step before the first one fails.',
  },
  {
    runs: /^apply 18\./,
    explains: /./,
    reason: 'An API server that no other cluster reaches is refused before the first change, and not in the middle.',
  },
  {
    runs: /^destroy 8\./,
    explains: /^(done besides: host delete|in the end there is no: host|in the end is another: host) /,
    reason:
      'The last deletions of the clusters are side by side: the host has begun with its own before the member fails.',
  },
  {
    runs: /^destroy 25\.2/,
    explains: /./,
    reason: 'A record with a row that no apply writes is not obeyed in part: it is named, and nothing is deleted.',
  },
];

/** How the scripts on servers deviate from the scripts on recorders, which answer the same whatever happens. */
export const serverDifferences: readonly Difference[] = [
  {
    runs: /^destroy/,
    explains: /^not done: \w+ delete \S+ --/,
    reason: 'A recorder has seen the selectors of a deletion, servers see its objects.',
  },
  {
    runs: /^destroy/,
    explains:
      /^done besides: \w+ delete (serviceaccount|service|clusterrole\S*|\w+webhookconfiguration\S*|configmap|customresourcedefinition\S*|lease\S*)\//,
    reason: 'These are the objects of selectors, and what istiod itself has made: recorders had none.',
  },
  {
    runs: /^(apply ([89]|24)|install [59]|preflight (6|16)|prune 4|record [68])\./,
    explains: /^(not done: \w+ record|in another order: \w+ is changed before its record)/,
    reason: 'Everything is applied already, so its record is there; recorders have none.',
  },
  {
    runs: /^destroy/,
    explains: /^done besides: \w+ delete secret\/istio-system\/cacerts$/,
    reason: 'The apply before it has made the Secrets cacerts; the records of the recorders did not list them.',
  },
  {
    runs: /^destroy (6|25)\./,
    explains: /^(not done: host delete|done besides: host apply) namespace\/istio-system$/,
    reason: 'Here the namespace existed before in both clusters, since somebody had put the CA there.',
  },
  {
    runs: /^destroy 17\./,
    explains: /./,
    reason:
      'The recorders had an output with istioctl and a record with KubeFed; the servers have an output that installs it.',
  },
  {
    runs: /^destroy 25\.2/,
    explains: /^not done: \w+ delete (secret\/\S+`touch|x`|namespace\/\$\(touch|x\))$/,
    reason: 'No server has objects with such names.',
  },
  {
    runs: /^(install (1|7|9|10|11|17))\./,
    explains: /^(not done|done besides): host (apply|kubefedctl|patch) /,
    reason: 'The chart of the recorders had five objects of KubeFed, that of the servers has all of them.',
  },
  {
    runs: /^install 16\./,
    explains: /^exit code 1 in place of 0$/,
    reason: 'Nothing is there yet, so some steps cannot be tried; recorders accept everything.',
  },
  {
    runs: /^(leaving 6|prune 3|prune 2)\./,
    explains: /^(not done|done besides): member delete /,
    reason: 'The former object is a ConfigMap here, and one of the kinds does not exist there.',
  },
];
