import type { PlanJson } from '../../constructs/delivery/tables/plan-json.ts';
import type { Place } from '../removal/place.ts';
import type { RunProgram } from '../tools/run-program.ts';
import type { Ledger } from './ledger.ts';

/** Everything that the removal of a federation knows while it goes on. */
export interface Undoing {
  readonly plan: PlanJson;
  /** Every cluster with a record of the federation, whether it is removed or only stops reading those that are. */
  readonly places: ReadonlyMap<string, Place>;
  readonly ledger: Ledger;
  /** Whether a cluster is removed. */
  readonly isRemoved: (cluster: string) => boolean;
  /** Whether a chart repository of the plan may be reached without TLS. */
  readonly allowHttpCharts: boolean;
  /** The objects that an engine brings to the clusters, by their keys. */
  readonly brought: ReadonlySet<string>;
  /** The clusters whose token for their readers is deleted, or being deleted. All of them have the same one. */
  readonly withoutToken: Set<string>;
  /** Runs istioctl, helm and kubefedctl. */
  readonly program: RunProgram;
}

/** The clusters from which an engine of the plan delivers. Only their records may say what an engine did. */
export function hostsOf({ steps }: PlanJson): ReadonlySet<string> {
  return new Set(steps.filter(({ engine }) => engine !== null).map(({ target }) => target.name));
}
