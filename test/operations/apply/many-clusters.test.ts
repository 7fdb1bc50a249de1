import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeProject } from '../../support/project.ts';
import { runCommand } from '../../support/run-command.ts';
import { makeServers } from '../../support/servers/servers.ts';
import { cacerts, namespace } from '../../support/servers/worlds/registered.ts';
import { applyTo } from './apply-run.ts';

const many = 50;
const answerMilliseconds = 200;

const declarationOf = (topology: string, names: readonly string[]): string => `name: many
istio: {version: 1.31.4, topology: ${topology}}
federation: {engine: plain}
clusters:
${names.map((name, index) => `  - {name: ${name}, role: ${index === 0 ? 'host' : 'member'}, network: n${index + 1}, apiServer: 'https://198.51.100.${index + 1}:6443'}`).join('\n')}
workloads: []
`;

/** Applies to clusters whose servers take their time, eight at a time, and counts calls and simulated seconds. */
async function measure(topology: string, count: number) {
  const names = Array.from({ length: count }, (_, index) => `c${index + 1}`);
  const project = makeProject({ 'federation.yaml': declarationOf(topology, names) });
  writeFileSync(join(project, 'cdk8s.yaml'), 'language: typescript\napp: none\n');
  const { status, err } = await runCommand(['synth', '-f', join(project, 'federation.yaml')]);
  expect(status, err).toBe(0);
  const holds = [namespace('istio-system'), cacerts()];
  const servers = makeServers(Object.fromEntries(names.map((name) => [name, { holds }])), {
    latency: answerMilliseconds,
  });
  const { exitCode, said } = await applyTo(servers, { directory: join(project, 'dist'), parallel: 8 });
  expect(exitCode, said.slice(-2000)).toBe(0);
  return { calls: servers.calls.length / count, seconds: servers.clock.now() / 1000 };
}

test.each(['primary-remote', 'multi-primary'])(
  '%s: the calls to a cluster do not grow with the number of clusters',
  { timeout: 300_000 },
  async (topology) => {
    const few = await measure(topology, 4);
    const more = await measure(topology, 8);
    expect(more.calls).toBeLessThanOrEqual(few.calls + 1);
    expect(more.calls).toBeLessThan(46);
  },
);

// The scripts made 46 calls to each cluster, and in multi-primary 256 to each of 50, one after the other.
describe('50 clusters whose servers take 200 ms for each answer', () => {
  test.each([
    { topology: 'primary-remote', former: 46, part: 4 },
    { topology: 'multi-primary', former: 256, part: 10 },
  ])(
    '$topology takes at most a $part th of what the scripts took',
    { timeout: 900_000 },
    async ({ topology, former, part }) => {
      const { calls, seconds } = await measure(topology, many);
      const formerSeconds = former * many * (answerMilliseconds / 1000);
      process.stderr.write(
        `${topology}: ${calls} calls for each cluster, ${seconds} s; the scripts: ${formerSeconds} s\n`,
      );
      expect(seconds).toBeLessThanOrEqual(formerSeconds / part);
    },
  );
});
