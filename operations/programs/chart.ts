import { existsSync } from 'node:fs';
import { Failure } from '../clusters/failure.ts';

/** A chart, and where it is. */
export interface ChartSource {
  readonly chart: string;
  readonly version: string;
  readonly chartRepository: string;
}

/**
 * A chart as words for helm.
 *
 * @param allowHttp whether a repository without TLS may be used
 * @param exists whether there is a file in the directory of this process
 * @throws Failure when helm would take the chart without TLS, or from a file
 */
export function chartWords(
  { chart, version, chartRepository }: ChartSource,
  allowHttp: boolean,
  exists: (path: string) => boolean = existsSync,
): readonly string[] {
  if (chartRepository.startsWith('oci://')) return [`${chartRepository}/${chart}`, `--version=${version}`];
  if (chartRepository.startsWith('http://') && !allowHttp)
    throw new Failure({
      problem: `chart ${chart}: ${chartRepository} has no TLS, and whoever is on the way could send another chart`,
      fix: 'use https or oci, or add --allow-http-charts',
    });
  // A file of this name comes first for helm, even with --repo.
  if (exists(chart))
    throw new Failure({
      problem: `helm would take ${chart} of this directory in place of the chart of ${chartRepository}`,
      fix: `run it in another directory, or rename ${chart}`,
    });
  return [chart, `--repo=${chartRepository}`, `--version=${version}`];
}
