import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attempt, run } from '../machine/run.ts';

/** A commit that a `go.mod` names. The registry keeps tags forever, but may stop serving a commit. */
export interface CommitPin {
  readonly path: string;
  /** A pseudo-version: `v0.0.0-20260827124520-eed52ebb66ad`. */
  readonly version: string;
  /** The `go.mod` files that name the commit. */
  readonly files: readonly string[];
}

/** A commit that is not available, and the registry's own words about it. */
export interface MissingPin extends CommitPin {
  readonly reason: string;
}

interface ModuleVersion {
  readonly Path: string;
  readonly Version?: string;
}

interface GoMod {
  readonly Require: readonly Required<ModuleVersion>[] | null;
  readonly Replace: readonly { readonly Old: ModuleVersion; readonly New: ModuleVersion }[] | null;
}

/** golang.org/x/mod v0.39.0 module/pseudo.go distinguishes a pseudo-version from a tag in the same way. */
const PSEUDO_VERSION = /^v\d+\.(?:0\.0-|\d+\.\d+-(?:[^+]*\.)?0\.)\d{14}-[0-9A-Za-z]+(?:\+incompatible)?$/;

/** Whether a version is a commit, and not a tag. */
export function isCommit(version: string): boolean {
  return PSEUDO_VERSION.test(version);
}

/** The commits that `go.mod` files name, directly or indirectly, after their replacements, each once. */
export async function commitPins(files: readonly string[]): Promise<CommitPin[]> {
  const pins = new Map<string, CommitPin>();
  for (const file of files) {
    for (const { Path: path, Version: version } of await builtVersions(file)) {
      if (!isCommit(version)) continue;
      const key = `${path}@${version}`;
      pins.set(key, { path, version, files: [...(pins.get(key)?.files ?? []), file] });
    }
  }
  return [...pins.values()];
}

async function builtVersions(file: string): Promise<Required<ModuleVersion>[]> {
  const { Require, Replace } = JSON.parse(await run(['go', 'mod', 'edit', '-json', file])) as GoMod;
  return (Require ?? []).map((required) => {
    const replaced = (Replace ?? []).find(
      ({ Old }) => Old.Path === required.Path && (Old.Version === undefined || Old.Version === required.Version),
    );
    const { Path, Version } = replaced?.New ?? required;
    // A directory has no version and cannot vanish.
    return { Path, Version: Version ?? '' };
  });
}

/**
 * Requests the zip of every commit, all at once, and returns the unavailable ones. Available ones land in the module
 * cache, where the build finds them. After a refusal it asks a second time if there is time, since a registry may fail
 * once. A registry that does not answer at all counts as a refusal.
 */
export async function missingPins(
  pins: readonly CommitPin[],
  moduleCache: string,
  deadlineSeconds = 90,
): Promise<MissingPin[]> {
  const end = Date.now() + deadlineSeconds * 1000;
  const refused = await askFor(pins, moduleCache, deadlineSeconds);
  const left = (end - Date.now()) / 1000;
  return refused.length === 0 || left < 1 ? refused : askFor(refused, moduleCache, left);
}

async function askFor(pins: readonly CommitPin[], moduleCache: string, seconds: number): Promise<MissingPin[]> {
  if (pins.length === 0) return [];
  // Outside any module, so that no replacement and no go.sum applies. The build itself compares the checksums.
  const nowhere = mkdtempSync(join(tmpdir(), 'mesh-federation-pins-'));
  mkdirSync(moduleCache, { recursive: true });
  try {
    const words = pins.map(({ path, version }) => `${path}@${version}`);
    const env = { ...(await environment()), GOMODCACHE: moduleCache };
    const command = ['timeout', '--signal=INT', String(seconds), 'go', 'mod', 'download', '-json', ...words];
    const ran = await attempt(command, { cwd: nowhere, env, timeoutSeconds: seconds + 10 });
    const answers = answersIn(ran.stdout);
    return pins.flatMap((pin) => {
      const answer = answers.find(({ Path, Version }) => Path === pin.path && Version === pin.version);
      if (answer?.Zip !== undefined) return [];
      return [{ ...pin, reason: oneLine(answer?.Error ?? `no answer within ${Math.round(seconds)} seconds`) }];
    });
  } finally {
    rmSync(nowhere, { recursive: true, force: true });
  }
}

// If a registry lacks a commit, that is the answer. Go would next ask the commit's origin, which need not be reachable
// from here.
async function environment(): Promise<Record<string, string>> {
  const proxies = (await run(['go', 'env', 'GOPROXY'])).trim();
  const alone = proxies.replace(/[,|]direct$/, '');
  return { GOPROXY: alone, GOFLAGS: '', GOWORK: 'off', GOSUMDB: 'off' };
}

interface Answer extends Required<ModuleVersion> {
  readonly Zip?: string;
  readonly Error?: string;
}

// One JSON object after the other, without commas between them.
function answersIn(text: string): Answer[] {
  const objects = text.trim().split(/\n(?=\{$)/m);
  // The last object is cut off if time was up.
  return objects.filter((one) => one.endsWith('}')).map((one) => JSON.parse(one) as Answer);
}

// The part with the reason, without the address of this machine's registry.
function oneLine(error: string): string {
  return error
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\b[a-z]+:\/\/\S+/g, '...')
    .trim();
}

/** Advice about unavailable commits, as a text for the person at the terminal. */
export function sayMissing(missing: readonly MissingPin[]): string {
  const lines = missing.map(
    ({ path, version, files, reason }) =>
      `  ${path} ${version}\n    named in  ${files.join(', ')}\n    because   ${reason}`,
  );
  return [
    `${missing.length === 1 ? 'A pinned commit is' : `${missing.length} pinned commits are`} not served:`,
    ...lines,
    '',
    'Nothing was compiled. If every other commit is served, choose another one in each go.mod that is named: a tag if',
    'there is one, else a newer commit of the same branch, then run go mod tidy beside it. If the registry was not reached',
    'at all, run again later. docs/testing.md says which pins are commits.',
  ].join('\n');
}
