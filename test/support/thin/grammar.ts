// A word of a plan, and what no synth writes into a cell but a user may call a context.
const name = '[A-Za-z0-9][\\w.:/@=*,+%~[\\]-]*';
const questions = [
  'get',
  `${name}`,
  '--output=jsonpath=[^\\0]*',
  `--namespace=${name}`,
  `--selector=[^\\0]*`,
  '--ignore-not-found',
  '--minify',
  '--field-selector=status[.]phase=Running',
];
const server = ['--context=[^\\0]*', '--request-timeout=\\d+s'];
// THE grammar: every call that the scripts may make.
const grammar = [
  ['kubectl', ...server, ...questions],
  ['kubectl', ...server, 'config', 'view', '--minify', '--output=jsonpath={.clusters\\[0\\].cluster.server}'],
  ['kubectl', ...server, 'create', '--filename=-'],
  [
    'kubectl',
    ...server,
    'run',
    'istio-proxy',
    '--output=jsonpath=[^\\0]*',
    `--namespace=${name}`,
    `--selector=[^\\0]*`,
    '--image=auto',
    '--labels=sidecar.istio.io/inject=true',
    '--annotations=inject.istio.io/templates=gateway',
    '--dry-run=server',
  ],
  [
    'kubectl',
    ...server,
    'apply',
    '--server-side',
    '--field-manager=mesh-federation',
    '--filename=-',
    '--kustomize=/[^\\0]*/out put/[\\w./-]+',
    '--dry-run=server',
  ],
  ['kubectl', ...server, 'delete', '--namespace=kube-system', 'lease.coordination.k8s.io/mesh-federation'],
  [
    'kubectl',
    ...server,
    'delete',
    `secret/istio-remote-secret-${name}`,
    '--namespace=istio-system',
    '--ignore-not-found',
  ],
  [
    'kubectl',
    ...server,
    '--namespace=[a-z0-9-]+',
    'exec',
    '[a-z0-9][a-z0-9.-]*',
    '--container=istio-proxy',
    '--',
    'sh',
    '-c',
    '(command -v curl|n=0 failed=0[^\\0]*)',
    '\\d+',
    'http://[a-z0-9.-]+:\\d+/',
    'pilot-agent',
    'request',
    'GET',
    'clusters',
  ],
  ['istioctl', 'version', '--remote=false', '--short'],
  ['istioctl', 'remote-clusters', '--context=[^\\0]*'],
  [
    'istioctl',
    '(x|create-remote-secret)',
    'create-remote-secret',
    '--help',
    '--context=[^\\0]*',
    `--name=${name}`,
    `--server=${name}`,
  ],
  [
    'istioctl',
    'install',
    '--context=[^\\0]*',
    '--filename=-',
    '--skip-confirmation',
    '--readiness-timeout=\\d+s',
    '--set',
    '[\\w.]+=[\\w.:-]+',
  ],
  [
    'helm',
    'upgrade',
    '--install',
    name,
    `--(repo|version|namespace)=${name}`,
    '--kube-context=[^\\0]*',
    '--values=-',
    '--timeout=\\d+s',
    '--set',
    '[\\w.]+=[\\w.:-]+',
  ],
].map((words) => words.map((word) => new RegExp(`^${word}$`, 's')));

/** Whether the scripts may make a call. */
export const isAllowed = (words: readonly string[]): boolean =>
  grammar.some(
    (rule) =>
      rule[0]?.test(words[0] ?? '') &&
      rule[1] !== undefined &&
      words.every((word) => rule.some((one) => one.test(word))),
  );
