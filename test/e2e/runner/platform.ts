import { attempt } from '../machine/run.ts';

/** Throws on a machine that cannot run clusters. A suite that is silently skipped would count as passed. */
export async function requirePlatform(): Promise<void> {
  const reasons: string[] = [];
  if (process.platform !== 'linux') reasons.push(`this is ${process.platform}, not Linux`);
  if (process.getuid?.() !== 0) reasons.push('this user is not root, who alone may make network namespaces');
  if (!(await has('go'))) reasons.push('there is no Go compiler (go) on the PATH');
  if (!(await has('apt-get'))) reasons.push('this is no Debian or Ubuntu: there is no apt-get');
  if (reasons.length === 0) return;
  throw new Error(
    `THE END-TO-END SUITES CANNOT RUN HERE:\n${reasons.map((reason) => `  - ${reason}`).join('\n')}\n` +
      'nothing was tested; run them on other clusters with --existing (docs/testing.md)',
  );
}

async function has(program: string): Promise<boolean> {
  return (await attempt(['sh', '-c', `command -v ${program}`])).status === 0;
}
