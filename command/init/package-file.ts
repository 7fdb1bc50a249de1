import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageDirectory } from '../../constructs/model/package-directory.ts';

/** The libraries of a user's repository, beside this package, in the versions that this package was tested with. */
const libraries = ['cdk8s', 'cdk8s-cli', 'cdk8s-plus-25', 'constructs', 'tsx'] as const;

interface OwnPackage {
  readonly name: string;
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
}

/** `package.json` of this package. */
export function ownPackage(): OwnPackage {
  return JSON.parse(readFileSync(join(packageDirectory, 'package.json'), 'utf8')) as OwnPackage;
}

/**
 * `package.json` of a new repository.
 *
 * @param name of the repository
 * @param packageSpec version or place of this package
 */
export function packageFile(name: string, packageSpec: string): string {
  const own = ownPackage();
  const content = {
    name,
    version: '0.0.0',
    private: true,
    engines: own.engines,
    scripts: {
      synth: `${own.name} synth`,
      check: `${own.name} synth --check`,
    },
    dependencies: {
      ...Object.fromEntries(libraries.map((library) => [library, own.devDependencies[library]])),
      [own.name]: packageSpec,
    },
    // npm reads the overrides of the outermost package only.
    overrides: own.overrides,
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
