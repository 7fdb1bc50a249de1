import { shellWord } from '../../../constructs/delivery/shell-word.ts';
import type { Answer } from '../../clusters/answer.ts';
import type { Cluster } from '../../clusters/cluster.ts';
import type { Right } from '../../clusters/kubectl.ts';
import type { Run } from '../../run/run.ts';
import { sideBySide } from '../../tools/side-by-side.ts';
import type { ClusterFacts } from '../clusters/facts.ts';
import { allFindings, aProblem, type Findings, noFindings } from '../findings.ts';
import { everything, rightsNeeded } from './rights-needed.ts';

interface Asked {
  readonly cluster: Cluster;
  readonly right: Right;
  readonly answer: Answer<boolean>;
}

/**
 * Whether the contexts have the rights that a run needs. An administrator may do everything, which is one question. For
 * anybody else, every right is asked for.
 */
export async function checkRights(run: Run, facts: readonly ClusterFacts[]): Promise<Findings> {
  const needs = facts
    .map(({ cluster, kinds }) => ({
      cluster,
      rights: rightsNeeded(run, cluster.name, kinds.kind === 'found' ? kinds.value : null),
    }))
    .filter(({ rights }) => rights.length > 0);
  const { parallel } = run.settings;
  const ofAll = await sideBySide(needs, parallel, ({ cluster }) => ask(cluster, everything));
  // A server that does not answer this question is not asked the others.
  const others = needs.filter((_, index) => isNo(ofAll[index]));
  const pairs = others.flatMap(({ cluster, rights }) => rights.map((right) => ({ cluster, right })));
  const single = await sideBySide(pairs, parallel, ({ cluster, right }) => ask(cluster, right));
  return allFindings(
    needs.map(({ cluster }) => judge(cluster, [...ofAll.filter(isUntold), ...single].filter(isOf(cluster)))),
  );
}

async function ask(cluster: Cluster, right: Right): Promise<Asked> {
  return { cluster, right, answer: await cluster.kubectl.may(right) };
}

const isNo = (asked: Asked | undefined): boolean => asked?.answer.kind === 'found' && !asked.answer.value;
const isUntold = ({ answer }: Asked): boolean => answer.kind !== 'found';
const isOf =
  (wanted: Cluster) =>
  ({ cluster }: Asked): boolean =>
    cluster === wanted;

function judge({ name, context }: Cluster, asked: readonly Asked[]): Findings {
  const untold = asked.find(isUntold);
  if (untold !== undefined) {
    const { answer } = untold;
    const reason = answer.kind === 'failed' ? answer.reason : 'its answer is empty';
    return aProblem(
      `${name} does not tell what context ${shellWord(context)} may do: ${reason}`,
      'use a context that may create SelfSubjectAccessReviews, as every user may by default',
    );
  }
  const missing = asked.filter(isNo).map(({ right: { verb, resource, namespace } }) => {
    return `\n      ${verb} ${resource}${namespace === null ? '' : ` in ${namespace}`}`;
  });
  if (missing.length === 0) return noFindings;
  return aProblem(
    `${name}: context ${shellWord(context)} has no permission to${missing.join('')}`,
    'have these rights granted, or use a context with administrator rights',
  );
}
