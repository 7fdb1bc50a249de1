import { Failure } from '../clusters/failure.ts';
import type { EngineSteps } from './engine-steps.ts';
import { karmadaSteps } from './karmada/steps/steps.ts';
import { kubefedSteps } from './kubefed/steps/steps.ts';

/** THE table of engines that have steps or conditions of their own, by name in the declaration. */
const engines: ReadonlyMap<string, EngineSteps> = new Map([
  ['kubefed', kubefedSteps],
  ['karmada', karmadaSteps],
]);

/**
 * The steps of an engine.
 *
 * @throws Failure when this version does not know the engine
 */
export function stepsOfEngine(name: string): EngineSteps {
  const engine = engines.get(name);
  if (engine !== undefined) return engine;
  throw new Failure({
    problem: `this version knows no steps of the engine ${name}`,
    fix: 'use the version that has synthesized the output',
  });
}
