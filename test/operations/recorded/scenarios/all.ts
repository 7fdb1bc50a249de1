import type { Scenario } from '../scenario.ts';
import { applyScenarios } from './apply.ts';
import { destroyScenarios } from './destroy.ts';
import { installScenarios } from './install.ts';
import { interruptionScenarios } from './interruptions.ts';
import { leavingScenarios } from './leaving.ts';
import { preflightScenarios } from './preflight.ts';
import { recordScenarios } from './records.ts';

/** The scenarios of all recorded runs that have one. */
export const scenarios: readonly Scenario[] = [
  ...applyScenarios,
  ...destroyScenarios,
  ...installScenarios,
  ...interruptionScenarios,
  ...leavingScenarios,
  ...preflightScenarios,
  ...recordScenarios,
];
