import type { Problem } from '../../clusters/problem.ts';
import { sideBySide } from '../../tools/side-by-side.ts';
import type { Undoing } from '../../undoing/undoing.ts';
import { commandsToUndo, undoOf } from '../commands/commands-to-undo.ts';

/** Words with which each tool says its version, and asks no cluster. */
const versionWords = {
  istioctl: ['version', '--remote=false', '--short'],
  helm: ['version', '--short'],
  kubefedctl: ['version'],
} as const;

/** A problem for each program that is needed and does not run. */
export async function problemsOfTools(undoing: Undoing): Promise<readonly Problem[]> {
  const tools = [...undoing.places.keys()].flatMap((cluster) =>
    commandsToUndo(undoing, cluster).flatMap((command) => undoOf(command)?.tool ?? []),
  );
  const answers = await sideBySide([...new Set(tools)], 3, async (tool) => {
    const result = await undoing.program({ program: tool, args: versionWords[tool], timeoutSeconds: 60 });
    return result.kind === 'not-started' ? tool : null;
  });
  return answers.flatMap((tool) =>
    tool === null ? [] : [{ problem: `${tool} is not on the PATH`, fix: 'install it and put it on the PATH' }],
  );
}
