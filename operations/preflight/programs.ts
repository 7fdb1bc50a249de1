import type { Step } from '../../constructs/plan/steps/step.ts';
import { type Problem, shown } from '../clusters/problem.ts';
import type { RunProgram } from '../tools/run-program.ts';
import { sideBySide } from '../tools/side-by-side.ts';
import { isBefore, kubectlVersionOf } from './kubectl-version.ts';

/** The oldest kubectl whose answers are understood: its table of kinds has the column APIVERSION, and the verbs. */
const oldestKubectl = { text: '1.22', major: 1, minor: 22 };

/** The words with which a program says its version, and asks no cluster. */
const versionWords: Readonly<Record<string, readonly string[]>> = {
  istioctl: ['version', '--remote=false', '--short'],
  helm: ['version', '--short'],
  kubefedctl: ['version'],
};

/** The problem of kubectl; empty if it can be used. Without it, nothing else can be asked, so it comes before everything. */
export async function problemsOfKubectl(program: RunProgram): Promise<readonly Problem[]> {
  const args = ['version', '--client', '--output=json'];
  const result = await program({ program: 'kubectl', args, timeoutSeconds: 60 });
  if (result.kind === 'not-started') return [notOnPath('kubectl')];
  const version = kubectlVersionOf(result);
  const fix = `install kubectl ${oldestKubectl.text} or newer`;
  if (version === null) return [{ problem: 'kubectl does not tell its version', fix }];
  if (!isBefore(version, oldestKubectl)) return [];
  return [{ problem: `kubectl is ${version.text}, and ${oldestKubectl.text} or newer is needed`, fix }];
}

/** A problem for each program that the steps of a run need, and that is missing or has the wrong version. */
export async function problemsOfPrograms(
  program: RunProgram,
  steps: readonly Step[],
  parallel: number,
): Promise<readonly Problem[]> {
  const needed = [...new Set(steps.flatMap(({ needs }) => needs))].sort();
  const problems = await sideBySide(needed, parallel, async (name) => {
    const result = await program({ program: name, args: versionWords[name] ?? ['version'], timeoutSeconds: 60 });
    if (result.kind === 'not-started') return [notOnPath(name)];
    if (name !== 'istioctl') return [];
    return otherIstioctl(steps, result.kind === 'ended' && result.exitCode === 0 ? result.stdout : '');
  });
  return problems.flat();
}

// An istioctl of another version installs another Istio.
function otherIstioctl(steps: readonly Step[], said: string): readonly Problem[] {
  const wanted = steps.find((step) => step.action === 'istioctl-install')?.version;
  if (wanted === undefined) return [];
  const last = said.trim().split('\n').at(-1) ?? '';
  // As a whole: 1.31.40 is not 1.31.4. A build of a distributor adds to it: 1.31.4-distroless.
  const versions: readonly string[] = last.match(/\d+\.\d+\.\d+(?![\d.])/g) ?? [];
  if (versions.includes(wanted) || last.split(/\s+/).includes(wanted)) return [];
  const actual = last === '' ? 'unknown' : shown(last);
  return [{ problem: `istioctl is ${actual}, the plan is for ${wanted}`, fix: `install istioctl ${wanted}` }];
}

function notOnPath(name: string): Problem {
  return { problem: `${name} is not on the PATH`, fix: 'install it and put it on the PATH' };
}
