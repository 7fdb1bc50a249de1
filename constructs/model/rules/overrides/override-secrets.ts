import type { Mapping } from '../../../domain/json/mapping.ts';
import type { Patch } from '../../../domain/json/patch.ts';
import { textsIn } from '../../../domain/json/texts.ts';
import { findKeyMaterial } from '../../../domain/kubernetes/key-material.ts';
import { findSecretData } from '../../../domain/kubernetes/secret-data.ts';
import { applyOverride } from '../../../domain/overrides/explicit-patches.ts';
import type { Finding } from '../../problems/finding.ts';
import { Described } from '../../problems/printable.ts';
import type { Evidence } from '../evidence.ts';
import { noSecret } from '../manifests/manifest-values.ts';
import { patchesOf, placeIn } from './declared-patches.ts';
import { soundPatchesOf } from './override-patches.ts';
import { overridesOf, resourceOf, targetOf } from './overrides.ts';

function overrideHoldsNoKeyMaterial(evidence: Evidence): readonly Finding[] {
  return patchesOf(evidence).flatMap((declared) => {
    const { path, value } = declared.patch;
    const ofValue = textsIn(value).flatMap((text) => findKeyMaterial(text) ?? [])[0];
    const secret = ofValue ?? findKeyMaterial(path ?? '');
    if (secret === null) return [];
    // The value itself must not reach a log.
    const got = new Described(secret);
    const expected = 'no secret: the output is committed and reviewed';
    const part = ofValue === undefined ? 'path' : 'value';
    return [{ path: placeIn(declared, part), got, expected, fix: 'refer to a Secret by name' }];
  });
}

/** Whether patches bring a Secret into an object. Patches that cannot be applied bring none: another rule reports them. */
function bringSecret(object: Mapping, patches: readonly Patch[]): boolean {
  const result = applyOverride(object, patches);
  if (result.kind === 'failed') return false;
  const secrets = findSecretData(result.document);
  if (secrets.length === 0) return false;
  // The rule about manifests reports the others.
  const before = new Set(findSecretData(object).map((path) => JSON.stringify(path)));
  return secrets.some((path) => !before.has(JSON.stringify(path)));
}

function overrideHoldsNoSecretData(evidence: Evidence): readonly Finding[] {
  return overridesOf(evidence).flatMap((override) => {
    const target = targetOf(evidence, override);
    if (target === undefined) return [];
    const sound = soundPatchesOf(evidence, override, target);
    const patches = sound.map(({ patch }) => patch);
    if (!bringSecret(target.object, patches)) return [];
    const first = sound.find((_, index) => bringSecret(target.object, patches.slice(0, index + 1)));
    if (first === undefined) return [];
    const path = placeIn({ path: [...override.path, ...first.key], isOwn: first.isOwn }, 'value');
    return [{ path, got: new Described(`a Secret inside ${resourceOf(target)}`), ...noSecret }];
  });
}

/** Rules about secrets in overrides. */
export const overrideSecretRules = { overrideHoldsNoKeyMaterial, overrideHoldsNoSecretData };
