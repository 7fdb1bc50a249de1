import type { World } from '../world.ts';

/** Versions of the tools. */
export interface ToolVersions {
  readonly istioctl: string;
  readonly helm: string;
}

/** What a call of a tool needs of the servers. */
export interface ProgramAround {
  readonly world: World;
  readonly versions: ToolVersions;
  readonly note: (...objects: readonly string[]) => void;
  /** Lets the controllers act. */
  readonly settle: () => void;
}
