import type { ProgramCall } from '../../../operations/tools/run-program.ts';

/** A call of a program, as the servers have seen it. */
export interface ServerCall {
  /** Its number, from 0. */
  readonly index: number;
  readonly program: string;
  /** Context of the kubeconfig; `''` if there is none. */
  readonly context: string;
  /** `get`, `rollout status`, `install`. */
  readonly verb: string;
  readonly args: readonly string[];
  readonly input: string;
  /** Whether its verb changes something on a server: no question, and no dry run. */
  readonly isChange: boolean;
  /** The objects that it is about, such as `Deployment.apps/istio-system/istiod`. Known after the call. */
  readonly objects: readonly string[];
  /** What it has changed itself: `host created Namespace/sample`. Known after the call. */
  readonly changed: readonly string[];
  /** Simulated milliseconds at its start. */
  readonly began: number;
}

const twoWords = ['rollout', 'auth', 'config', 'show', 'x'];
const changingVerbs: Readonly<Record<string, readonly string[]>> = {
  kubectl: ['apply', 'create', 'replace', 'delete', 'patch', 'annotate', 'label', 'rollout restart', 'scale', 'edit'],
  istioctl: ['install', 'uninstall', 'create-remote-secret', 'x create-remote-secret', 'x uninstall'],
  helm: ['upgrade', 'uninstall', 'rollback', 'install'],
  kubefedctl: ['join', 'unjoin'],
  karmadactl: ['join', 'unjoin'],
};

/** Describes a call before it is made. */
export function describeCall({ program, args, input = '' }: ProgramCall, index: number, began: number): ServerCall {
  const name = program.split('/').at(-1) ?? program;
  const words = args
    .slice(0, args.includes('--') ? args.indexOf('--') : args.length)
    .filter((word) => !word.startsWith('-'));
  const [first = '', second = ''] = words;
  const verb = twoWords.includes(first) ? `${first} ${second}` : first;
  const isDry = args.some((word) => /^--dry-run(=(client|server|true))?$/.test(word)) || args.includes('--help');
  const isChange = (changingVerbs[name] ?? []).includes(verb) && !isDry;
  return {
    index,
    program: name,
    context: contextOf(args),
    verb,
    args,
    input,
    isChange,
    objects: [],
    changed: [],
    began,
  };
}

function contextOf(args: readonly string[]): string {
  for (const flag of ['--context', '--kube-context', '--cluster-context', '--karmada-context']) {
    const at = args.indexOf(flag);
    const inline = args.find((word) => word.startsWith(`${flag}=`));
    if (inline !== undefined) return inline.slice(flag.length + 1);
    if (at >= 0) return args[at + 1] ?? '';
  }
  return '';
}
