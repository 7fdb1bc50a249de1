import { describe, expect, test } from 'vitest';
import { runProgram } from '../../../command/program.ts';

async function run(...words: readonly string[]): Promise<{ status: number; text: string }> {
  let text = '';
  const print = (more: string): void => {
    text += more;
  };
  const terminal = { out: print, err: print, isInteractive: false, hasColours: false };
  const status = await runProgram(['destroy', ...words], terminal);
  return { status, text };
}

describe('mesh-federation destroy', () => {
  test('--help names every option', async () => {
    const { status, text } = await run('--help');
    expect(status).toBe(0);
    for (const option of [
      'dry-run',
      'only',
      'context',
      'timeout',
      'yes',
      'parallel',
      'request-timeout',
      'events',
      'log',
      'help',
    ])
      expect(text).toContain(`--${option}`);
  });

  test.each([
    [['--yes']],
    [['--from', '40-remote']],
    [['--only', 'nobody']],
    [['--only', '--all']],
    [['--timeout', 'soon']],
    [['--context', 'x']],
    [['--yes', 'another']],
  ])('refuses %s', async (words) => {
    const { status, text } = await run('--output', 'dist', ...words);
    expect([status, text]).toEqual([2, expect.stringContaining('error: ')]);
  });

  test('needs an output', async () => {
    const { status, text } = await run('--output', 'nowhere', '--yes', 'demo');
    expect([status, text]).toEqual([2, expect.stringContaining('is missing: synthesize first')]);
  });
});
