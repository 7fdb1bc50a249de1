/** Lower and upper limits of a count. Chance alone leaves this range only with a stated small probability. */
export interface Bound {
  readonly low: number;
  readonly high: number;
}

/** Accepted probability of a false alarm per comparison. */
export const FALSE_ALARM = 1e-6;

/**
 * The exact binomial bound. Of `calls` independent calls, each answered there with probability `share`, the probability
 * of fewer than `low` or more than `high` answers there is at most `alarm`. Envoy's round robin scatters less than
 * independent calls, so the bound is on the safe side.
 */
export function bound(calls: number, share: number, alarm = FALSE_ALARM): Bound {
  const probabilities = Array.from({ length: calls + 1 }, (_, hits) => probability(calls, hits, share));
  return {
    low: firstAbove(probabilities, alarm / 2),
    high: calls - firstAbove([...probabilities].reverse(), alarm / 2),
  };
}

/** The number of leading outcomes whose total probability stays below the limit. */
function firstAbove(probabilities: readonly number[], limit: number): number {
  let sum = 0;
  return probabilities.findIndex((one) => {
    sum += one;
    return sum > limit;
  });
}

function probability(calls: number, hits: number, share: number): number {
  if (share === 0 || share === 1) return hits === calls * share ? 1 : 0;
  return Math.exp(logChoose(calls, hits) + hits * Math.log(share) + (calls - hits) * Math.log(1 - share));
}

function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= k; i += 1) sum += Math.log(n - k + i) - Math.log(i);
  return sum;
}
