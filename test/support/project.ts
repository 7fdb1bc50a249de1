import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { defineCharts, loadFederation, planFederation, renderOutput } from '../../constructs/index.ts';

/** A separate project with these files and an empty cdk8s.yaml. It is removed after the test. */
export function makeProject(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'mesh-federation-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const [path, content] of Object.entries({ 'cdk8s.yaml': '', ...files })) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  return directory;
}

/** The output of a declaration as path to content, without writing it. */
export function synthesize(declaration: string): Readonly<Record<string, string>> {
  const plan = planFederation(loadFederation(declaration).federation);
  const { files } = renderOutput(plan, defineCharts(plan));
  return Object.fromEntries(files.map(({ path, content }) => [path, content]));
}
