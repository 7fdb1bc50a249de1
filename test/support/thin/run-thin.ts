import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

// Each call leaves its words with zero bytes between them. The answers are those of healthy clusters, except one. It starts
// no further program: a run makes some fifty calls.
const program = `#!/bin/sh
set -f
{ printf '%s\\0' "\${0##*/}" "$@"; printf '\\n\\0'; } >>"$CALLS/$$"
said=" $* "
case $said in *' --filename=- '*)
  while read -r line; do
    case $line in *acquireTime*) line=\${line#*acquireTime: \\'} && echo "\${line%%\\'*}" >"$CALLS.lease" ;; esac
  done ;;
esac
if [ -n "$PART" ]; then case "\${0##*/}$said" in *"$PART"*) cat "$ANSWER"; exit "$CODE" ;; esac; fi
own=
case $said in *--context=host*) own=0 ;; *--context=member*) own=1 ;; esac
case $said in
  *' get pods '*) echo "sample sleep-$own 10.$own.0.9" ;;
  *'{.metadata.uid}'*) echo "uid-$own" ;;
  *' version '*) echo 1.31.4 ;;
  *'{.metadata.name}'*) name=\${said#* get }; name=\${name%% *}; echo "\${name#*/}" ;;
  *'"Progressing"'*) echo '3 3 True NewReplicaSetAvailable' ;;
  *observedGeneration*) echo '3 3 True' ;;
  *loadBalancer*) echo "203.0.113.1$own" ;;
  *'"Ready"'*) echo 'True https://203.0.113.20:6443' ;;
  *remote-clusters*) echo 'member istio-system/x synced istiod' ;;
  *'{.spec.acquireTime}'*) read -r line <"$CALLS.lease" && printf %s "$line" ;;
  *endpointslices*) echo "true 10.$own.0.5 helloworld-1" ;;
  *'command -v curl'*) echo /usr/bin/curl ;;
  *'GET clusters'*)
    for service in '5000||helloworld' '80||sleep'; do
      for address in "10.$own.0.5:\${service%%|*}" "203.0.113.1$((1 - own)):15443"; do
        echo "outbound|$service.sample.svc.cluster.local::$address::weight::1"
      done
    done ;;
  *http_code*) printf '200 Hello version: v%s\\n' 1 2 1 ;;
esac
`;

// A wait turns the clock of the script forward, which reads this before anything else.
const clock = 'sleep() { SECONDS=$((SECONDS + $1)); }\n';

const uidOf = (context: string): string => `uid-${['host', 'member'].indexOf(context)}`;
/** The options that say which cluster each one is. */
export const expected = ['host', 'member'].flatMap((name) => ['--expect', `${name}=${uidOf(name)}`]);

/** One thing that is not as it should be: an answer to the calls with this part, or the output. */
export interface Change {
  readonly part: string;
  readonly answer: Buffer;
  readonly code: string;
  readonly change: (directory: string) => void;
}

/** Everything is as it should be. */
export const nothing: Change = { part: '', answer: Buffer.alloc(0), code: '0', change: () => undefined };
/** What a script did and said, and what it left beside the output. */
export interface ThinRun {
  readonly status: number | null;
  readonly said: Buffer;
  /** The words of every call, in any order. */
  readonly words: readonly (readonly string[])[];
  /** The contexts of the plan, those that fit the form of a cell. */
  readonly contexts: readonly string[];
  readonly strange: readonly string[];
  readonly seconds: number;
}

/** Runs a thin script on an output of its own. */
export function runThin(script: string, options: readonly string[], { part, answer, code, change }: Change): ThinRun {
  const own = mkdtempSync(join(tmpdir(), 'mesh-federation-thin-'));
  const [bin, calls, here, output] = ['bin', 'calls', 'here', 'out put'].map((name) => join(own, name)) as [
    string,
    string,
    string,
    string,
  ];
  for (const path of [bin, calls, here]) mkdirSync(path, { recursive: true });
  for (const name of ['kubectl', 'istioctl', 'helm']) {
    writeFileSync(join(bin, name), program);
    chmodSync(join(bin, name), 0o755);
  }
  cpSync(join(root, 'dist'), output, { recursive: true });
  rmSync(join(output, 'effective'), { recursive: true });
  for (const name of ['apply.sh', 'verify.sh']) cpSync(join(root, 'scripts', name), join(output, name));
  change(output);
  sumUp(output);
  writeFileSync(join(own, 'answer'), answer);
  writeFileSync(join(own, 'clock'), clock);
  const before = Date.now();
  const { status, stdout, stderr } = spawnSync(join(output, script), options, {
    cwd: here,
    timeout: 60_000,
    env: {
      ...process.env,
      PATH: `${bin}:${process.env.PATH}`,
      BASH_ENV: join(own, 'clock'),
      CALLS: calls,
      PART: part,
      ANSWER: join(own, 'answer'),
      CODE: code,
    },
  });
  const seconds = (Date.now() - before) / 1000;
  // A number of a process may come again.
  const texts = readdirSync(calls).flatMap((name) => readFileSync(join(calls, name), 'utf8').split('\0\n\0'));
  const words = texts.filter((text) => text !== '').map((text) => text.split('\0'));
  const strange = [...readdirSync(here), ...readdirSync(output).filter((name) => name.startsWith('PWNED'))];
  const rows = readFileSync(join(output, 'plan.tsv'), 'utf8').split('\n').slice(1);
  const contexts = rows.flatMap((row) => row.split('\t')[2] ?? []).filter((one) => /^[^\p{Cc}]+$/u.test(one));
  rmSync(own, { recursive: true, force: true });
  return { status, said: Buffer.concat([stdout, stderr]), words, contexts, strange, seconds };
}

function sumUp(output: string): void {
  const paths = readFileSync(join(output, 'checksums'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.slice(66));
  const all = [...new Set([...paths, 'apply.sh', 'verify.sh'])].filter((path) => existsSync(join(output, path)));
  const sum = (path: string): string =>
    createHash('sha256')
      .update(readFileSync(join(output, path)))
      .digest('hex');
  writeFileSync(join(output, 'checksums'), all.map((path) => `${sum(path)}  ${path}\n`).join(''));
}
