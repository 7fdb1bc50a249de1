import type { Mapping } from '../../../domain/json/mapping.ts';
import type { Path } from '../../../domain/json/path.ts';
import { parseJsonPointer } from '../../../domain/json/pointer.ts';
import { applyOverride } from '../../../domain/overrides/explicit-patches.ts';
import type { Finding } from '../../problems/finding.ts';
import type { KubernetesCheck } from '../../schemas/kubernetes-schema.ts';
import type { SchemaFinding } from '../../schemas/schema-findings.ts';
import type { Evidence } from '../evidence.ts';
import { describeIn, isAmbiguousAt, makeObjectCheck } from '../manifests/manifest-schema.ts';
import { type SoundPatch, soundPatchesOf } from './override-patches.ts';
import { type Override, overridesOf, targetOf } from './overrides.ts';

/** A finding that the patches cause, the first patch that causes it, and the object after all patches. */
interface NewFinding {
  readonly finding: SchemaFinding;
  readonly patch: SoundPatch;
  readonly object: Mapping;
}

/** The object after each of the patches. Empty if a patch cannot be applied: another rule reports that. */
function stepsOf(object: Mapping, patches: readonly SoundPatch[]): readonly Mapping[] {
  const steps: Mapping[] = [];
  for (const { patch } of patches) {
    const result = applyOverride(steps.at(-1) ?? object, [patch]);
    if (result.kind === 'failed') return [];
    steps.push(result.document);
  }
  return steps;
}

// Positions in a list move when a patch adds or removes entries before them.
const identityOf = ({ path }: SchemaFinding): string =>
  JSON.stringify(path.map((step) => (typeof step === 'number' ? '*' : step)));

function newFindings(check: KubernetesCheck, object: Mapping, patches: readonly SoundPatch[]): readonly NewFinding[] {
  const patched = applyOverride(
    object,
    patches.map(({ patch }) => patch),
  );
  const last = patched.kind === 'failed' ? object : patched.document;
  const findings = last === object ? [] : check(last);
  // The steps between cost more than the rest, and most overrides have no findings.
  const steps = findings.length === 0 ? [] : stepsOf(object, patches);
  if (steps.length === 0) return [];
  const [before, ...after] = [object, ...steps].map((step) => new Set(check(step).map(identityOf)));
  return findings.flatMap((finding) => {
    const identity = identityOf(finding);
    const patch = patches[after.findIndex((identities) => identities.has(identity))];
    return patch === undefined || before?.has(identity) ? [] : [{ finding, patch, object: last }];
  });
}

/** The part of a path that lies inside a patch's value, or null if the patch does not concern the path. */
function insideOf(pointer: string, path: Path): Path | null {
  const segments = parseJsonPointer(pointer) ?? [];
  const isAbout = segments.every((segment, depth) => {
    const step = path[depth];
    return segment === '-' ? typeof step === 'number' : String(step) === segment;
  });
  return isAbout ? path.slice(segments.length) : null;
}

function placeOf(
  { path }: Override,
  { patch, key, isOwn }: SoundPatch,
  finding: SchemaFinding,
): Pick<Finding, 'path' | 'isKey'> {
  const place = [...path, ...key];
  if (!isOwn) return { path: place };
  const inside = insideOf(patch.path, finding.path);
  const isOfThePath = patch.op === 'remove' || inside === null || (finding.isKey && inside.length === 0);
  return isOfThePath ? { path: [...place, 'path'] } : { path: [...place, 'value', ...inside], isKey: finding.isKey };
}

function overrideFitsItsSchema(evidence: Evidence): readonly Finding[] {
  const overrides = overridesOf(evidence);
  if (overrides.length === 0) return [];
  const check = makeObjectCheck(evidence);
  return overrides.flatMap((override) => {
    const target = targetOf(evidence, override);
    if (target === undefined) return [];
    return newFindings(check, target.object, soundPatchesOf(evidence, override, target))
      .map(({ finding, patch, object }) => ({
        ...placeOf(override, patch, finding),
        ...describeIn(target, object, finding),
        ...(patch.patch.op === 'remove' ? { fix: 'remove this patch' } : {}),
      }))
      .filter(({ path }) => !isAmbiguousAt(evidence.document, path));
  });
}

/** Rules about the objects that result from overrides. */
export const overrideSchemaRules = { overrideFitsItsSchema };
