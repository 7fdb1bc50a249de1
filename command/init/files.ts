import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputFile } from '../../constructs/delivery/output-file.ts';
import { packageDirectory } from '../../constructs/model/package-directory.ts';
import type { InitAnswers } from './answers.ts';
import { declarationFile } from './declaration-file.ts';
import { packageFile } from './package-file.ts';
import * as texts from './texts.ts';

/** The files of a new repository. `path` is relative to its directory. */
export function repositoryFiles(answers: InitAnswers): readonly OutputFile[] {
  return [
    { path: 'package.json', content: packageFile(answers.name, answers.packageSpec) },
    { path: 'tsconfig.json', content: texts.tsconfigFile },
    { path: 'cdk8s.yaml', content: texts.cdk8sFile },
    { path: 'main.ts', content: texts.mainFile },
    { path: 'constructs/workloads.ts', content: texts.workloadsFile },
    { path: 'federation.yaml', content: declarationFile(answers) },
    ...['workloads/helloworld.yaml', 'workloads/sleep.yaml'].map(sampleFile),
    { path: '.gitignore', content: texts.gitignoreFile },
    { path: '.gitattributes', content: texts.gitattributesFile },
    { path: 'README.md', content: texts.readmeFile },
    { path: '.github/workflows/synth.yaml', content: texts.workflowFile },
  ];
}

// The same samples as in this repository.
function sampleFile(path: string): OutputFile {
  return { path, content: readFileSync(join(packageDirectory, path), 'utf8') };
}
