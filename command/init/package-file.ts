import { ownPackage } from '../project/own-package.ts';

/** The libraries of a user's repository, beside this package, in the versions that this package was tested with. */
const libraries = ['cdk8s', 'cdk8s-cli', 'cdk8s-plus-25', 'constructs', 'tsx', 'typescript'] as const;

/** The parts of a repository's `package.json` that this package needs. */
export interface PackageContent {
  readonly [key: string]: unknown;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
}

/** `package.json` of a new repository. */
export function packageFile(name: string, packageSpec: string): string {
  return `${JSON.stringify(packageContent(name, packageSpec), null, 2)}\n`;
}

/**
 * The content of `package.json` of a new repository.
 *
 * @param name of the repository
 * @param packageSpec version or place of this package
 */
export function packageContent(name: string, packageSpec: string): PackageContent {
  const own = ownPackage();
  return {
    name,
    version: '0.0.0',
    private: true,
    engines: own.engines,
    scripts: {
      synth: `${own.name} synth`,
      check: `tsc && ${own.name} synth --check`,
    },
    dependencies: {
      ...Object.fromEntries(libraries.map((library) => [library, own.devDependencies[library] ?? ''])),
      [own.name]: packageSpec,
    },
    // npm reads the overrides of the outermost package only.
    overrides: own.overrides,
  };
}
