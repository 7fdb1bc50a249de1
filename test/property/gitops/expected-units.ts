/** A directory or a release that a GitOps engine must reach, as `plan.tsv` names it. */
export interface ExpectedUnit {
  readonly cluster: string;
  /** The directory, or the file of values of the release. */
  readonly path: string;
  readonly wave: string;
}

/** Every directory and release of an output, in the order of the plan. */
export function expectedUnits(output: Readonly<Record<string, string>>): readonly ExpectedUnit[] {
  const rows = (output['plan.tsv'] ?? '').split('\n').map((line) => line.split('\t'));
  return rows
    .filter(([, , , , action]) => action === 'apply' || action === 'helm-upgrade')
    .map(([wave = '', cluster = '', , , , path = '']) => ({ wave, cluster, path }));
}
