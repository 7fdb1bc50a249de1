import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPlan } from '../../../operations/plan/read-plan.ts';
import { makeProject } from '../../support/project.ts';
import { runCommand } from '../../support/run-command.ts';
import { makeServers } from '../../support/servers/servers.ts';
import { cacerts, namespace } from '../../support/servers/worlds/registered.ts';
import { applyTo } from '../apply/apply-run.ts';
import { destroyIn } from './destroy-run.ts';

/** A few in every run of the tests. `MANY_CLUSTERS=50` measures those. */
const count = Number(process.env.MANY_CLUSTERS ?? 5);
const names = Array.from({ length: count }, (_, index) => `c${index + 1}`);
const declaration = `name: many
istio: {version: 1.31.4, topology: multi-primary}
federation: {engine: plain}
clusters:
${names.map((name, index) => `  - {name: ${name}, role: ${index === 0 ? 'host' : 'member'}, network: n${index + 1}, apiServer: 'https://198.51.100.${index + 1}:6443'}`).join('\n')}
workloads: []
`;

describe(`${count} clusters that all read each other`, () => {
  test('are asked a number of questions that does not grow with their pairs', { timeout: 900_000 }, async () => {
    const project = makeProject({ 'federation.yaml': declaration });
    writeFileSync(join(project, 'cdk8s.yaml'), 'language: typescript\napp: none\n');
    expect(await runCommand(['synth', '-f', join(project, 'federation.yaml')])).toMatchObject({ status: 0 });
    const holds = [namespace('istio-system'), cacerts()];
    const servers = makeServers(Object.fromEntries(names.map((name) => [name, { holds }])), { latency: 200 });
    const directory = join(project, 'dist');
    const { exitCode, said } = await applyTo(servers, { directory, parallel: 8 });
    expect(exitCode, said.slice(-2000)).toBe(0);
    const [first, began] = [servers.calls.length, servers.clock.now()];
    const { code, text } = await destroyIn(servers, readPlan(directory), { typedName: 'many', parallel: 8 });
    expect(code, text.slice(-2000)).toBe(0);
    const calls = servers.calls.slice(first);
    const deletions = calls.filter(({ args }) => args.includes('delete'));
    const questions = (calls.length - deletions.length) / count;
    const seconds = (servers.clock.now() - began) / 1000;
    process.stderr.write(
      `${questions} questions and ${deletions.length / count} deletions for each cluster, ${seconds} s\n`,
    );
    expect(questions).toBeLessThan(50);
  });
});
