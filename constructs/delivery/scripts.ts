import type { OutputFile } from './output-file.ts';
import { readScriptFiles } from './script-files.ts';

/** The scripts that apply an output, unchanged: every value that they need is in the tables beside them. */
export function renderScripts(): readonly OutputFile[] {
  return readScriptFiles().map(([path, content]) => ({ path, content }));
}
