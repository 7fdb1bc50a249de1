import {
  defineCharts,
  loadFederation,
  planFederation,
  renderOutput,
  renderSummary,
  UserMistake,
  writeOutput,
} from './constructs/index.ts';

// One declaration in, one directory out: nothing else in the environment, no clock and no network decides a byte.
const declaration = process.env.FEDERATION ?? 'federation.yaml';
const directory = process.env.CDK8S_OUTDIR ?? 'dist';

try {
  const { federation, warnings } = loadFederation(declaration);
  const plan = planFederation(federation);
  const charts = defineCharts(plan);
  const output = renderOutput(plan, charts);
  writeOutput(directory, output.files);
  console.error(renderSummary(plan, output, warnings, directory));
} catch (error) {
  // A mistake of the user's needs no stack; anything else is our defect and keeps it.
  if (!(error instanceof UserMistake)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
