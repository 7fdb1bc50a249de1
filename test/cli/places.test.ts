import { describe, expect, test, vi } from 'vitest';
import { placesOf } from '../../command/project/places.ts';

function placesWith(federation: string, output: string): readonly string[] {
  vi.stubEnv('FEDERATION', federation);
  vi.stubEnv('CDK8S_OUTDIR', output);
  try {
    const { declaration, directory } = placesOf({});
    return [declaration, directory];
  } finally {
    vi.unstubAllEnvs();
  }
}

describe('the environment variables', () => {
  test('name the declaration and the output', () => {
    expect(placesWith('other.yaml', 'out')).toEqual(['other.yaml', 'out']);
  });

  test('count as unset when they are empty', () => {
    expect(placesWith('', '')).toEqual(['federation.yaml', 'dist']);
  });
});
