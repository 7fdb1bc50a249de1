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

// Each call leaves its words with zero bytes between them. The answers are those of healthy clusters, except one.
const program = `#!/usr/bin/env bash
printf '%s\\0' "\${0##*/}" "$@" >"$CALLS/$BASHPID.$RANDOM"
said=" $* "
if [[ $said == *' --filename=- '* ]]; then cat >/dev/null; fi
if [[ -n $PART && "\${0##*/}$said" == *"$PART"* ]]; then cat "$ANSWER"; exit "$CODE"; fi
case $said in
  *'{.metadata.uid}'*) for word in "$@"; do if [[ $word == --context=* ]]; then cksum <<<"$word" | tr -d ' '; fi; done ;;
  *' version '*) echo 1.31.4 ;;
  *'{.metadata.name}'*) name=\${said#* get }; name=\${name%% *}; echo "\${name#*/}" ;;
  *'"Progressing"'*) echo '3 3 True NewReplicaSetAvailable' ;;
  *observedGeneration*) echo '3 3 True' ;;
  *loadBalancer*) echo 203.0.113.10 ;;
  *'"Ready"'*) echo 'True https://203.0.113.20:6443' ;;
  *remote-clusters*) echo 'member istio-system/x synced istiod' ;;
esac
`;

const uidOf = (context: string): string => {
  const { stdout } = spawnSync('cksum', { input: `--context=${context}\n`, encoding: 'utf8' });
  return stdout.replaceAll(/\s/g, '');
};
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
  const before = Date.now();
  const { status, stdout, stderr } = spawnSync(join(output, script), options, {
    cwd: here,
    timeout: 60_000,
    env: {
      ...process.env,
      PATH: `${bin}:${process.env.PATH}`,
      CALLS: calls,
      PART: part,
      ANSWER: join(own, 'answer'),
      CODE: code,
    },
  });
  const seconds = (Date.now() - before) / 1000;
  const words = readdirSync(calls).map((name) => readFileSync(join(calls, name), 'utf8').split('\0').slice(0, -1));
  const strange = [...readdirSync(here), ...readdirSync(output).filter((name) => name.startsWith('PWNED'))];
  rmSync(own, { recursive: true, force: true });
  return { status, said: Buffer.concat([stdout, stderr]), words, strange, seconds };
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
