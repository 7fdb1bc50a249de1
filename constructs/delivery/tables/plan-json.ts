import type { Federation } from '../../model/federation.ts';
import type { GitopsPlan } from '../../plan/gitops/gitops-plan.ts';
import type { Step } from '../../plan/steps/step.ts';
import type { OutputFile } from '../output-file.ts';

/** Version of the form of `plan.json`. It grows when a reader of the former form would misread the new one. */
export const planFormat = 1;

/** The plan as data for the command, which refuses it unless it flattens to the `plan.tsv` beside it. */
export interface PlanJson {
  readonly format: typeof planFormat;
  /** Name of the federation. */
  readonly federation: string;
  /** Its declaration, relative to the project. */
  readonly declaration: string;
  /** The GitOps engine, and the tasks that Git cannot do. Absent in a federation without such an engine. */
  readonly gitops?: GitopsJson;
  readonly steps: readonly Step[];
}

/** A GitOps engine in `plan.json`. */
export interface GitopsJson extends Pick<GitopsPlan, 'bootstrap'> {
  readonly engine: string;
  /** The namespace in which it runs. */
  readonly namespace: string;
}

/** `plan.json`: the same steps as `plan.tsv`, one on each line, so that a change of one step is a change of one line. */
export function renderPlanJson(
  { name, declaration }: Federation,
  steps: readonly Step[],
  gitops: GitopsPlan | null,
): OutputFile {
  const ofGitops = gitops === null ? {} : { gitops: jsonOf(gitops) };
  const head = JSON.stringify({ format: planFormat, federation: name, declaration, ...ofGitops }).slice(0, -1);
  const lines = steps.map((step) => JSON.stringify(withBareTarget(step)));
  return { path: 'plan.json', content: `${head},"steps":[\n${lines.join(',\n')}\n]}\n` };
}

const jsonOf = ({ gitops: { engine, namespace }, bootstrap }: GitopsPlan): GitopsJson => ({
  engine: engine.name,
  namespace,
  bootstrap,
});

// The target of a step is a whole cluster, of which a reader needs three facts.
function withBareTarget(step: Step): Step {
  const { name, kubeContext, uid } = step.target;
  return { ...step, target: { name, kubeContext, uid } };
}
