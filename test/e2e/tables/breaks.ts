/** The parts that can be broken on purpose. Each break must make its suite fail with a message that names it. */
export const BREAKS = {
  'wrong-network-label': 'the member gateway Service carries the label of a network that is not its own',
  'missing-remote-secret': 'the primary has no remote secret for the member',
  'gateway-without-address': 'the member gateway Service has no address',
} as const;

/** The name of a break. */
export type BreakName = keyof typeof BREAKS;

/** Whether a break of this name exists. */
export function isBreak(name: string): name is BreakName {
  return Object.hasOwn(BREAKS, name);
}
