import {
  defineCharts,
  loadFederation,
  planFederation,
  renderOutput,
  renderSummary,
  summarize,
  UserMistake,
  writeOutput,
} from './constructs/index.ts';

// One declaration in, one directory out: no other environment variable, no clock and no network affects the output.
const declaration = process.env.FEDERATION || 'federation.yaml';
const directory = process.env.CDK8S_OUTDIR || 'dist';

try {
  const { federation, warnings } = loadFederation(declaration);
  const plan = planFederation(federation);
  const charts = defineCharts(plan);
  const output = renderOutput(plan, charts);
  writeOutput(directory, output);
  console.error(renderSummary(summarize(plan, output), warnings, directory));
} catch (error) {
  // A mistake of the user needs no stack. Any other error is our defect and keeps its stack.
  if (!(error instanceof UserMistake)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
