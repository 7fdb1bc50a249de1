import type { Arguments } from '../../kubectl/arguments.ts';
import { ProgramError } from '../../kubectl/said.ts';
import { type Chart, type ChartCall, renderChart } from '../charts/charts.ts';
import type { ProgramAround } from '../program.ts';

/** A call of helm. */
export interface HelmCall {
  readonly args: Arguments;
  /** The words behind the verb. */
  readonly words: readonly string[];
  readonly input: string;
  readonly around: ProgramAround;
}

/** What a call says about its chart. */
export function chartOf({ args, words, input }: HelmCall): ChartCall {
  const [release = '', chart = ''] = words;
  return {
    release,
    chart,
    namespace: args.value('namespace') ?? 'default',
    values: args.values('values').includes('-') ? input : '',
    set: [...args.values('set'), ...args.values('set-string')],
  };
}

/** The objects of the chart of a call. */
export function rendered(call: HelmCall): Chart {
  const chart = renderChart(chartOf(call));
  const where = call.args.value('repo') ?? 'any repository';
  if (chart === null) throw new ProgramError(`Error: chart "${call.words[1]}" not found in ${where}`);
  return chart;
}
