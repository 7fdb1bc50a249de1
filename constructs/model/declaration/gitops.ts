import { z } from 'zod';
import { type GitopsFacts, titlesWith } from '../gitops.ts';
import { dnsLabel, mapping, one, oneOf, text, urlHost } from './shapes.ts';

const steps = String.raw`(\/[A-Za-z0-9._~-]+)+`;

/**
 * A repository of Git, or of artifacts in a registry. No password, and no user except the one of SSH: the output contains
 * no credentials.
 */
export const repositoryPattern = new RegExp(
  String.raw`^(?=.{1,512}$)((https?|oci):\/\/${urlHost}${steps}|ssh:\/\/([a-z_][a-z0-9_-]*@)?${urlHost}${steps}|[a-z_][a-z0-9_-]*@[A-Za-z0-9][A-Za-z0-9.-]*:[A-Za-z0-9._~-]+${steps}?)$`,
);

/** Shape of `gitops`. */
export const makeGitopsSchema = (engines: readonly GitopsFacts[]) => {
  const repository = 'https://git.example/platform/federation.git';
  return mapping({
    engine: oneOf(
      'gitops-engine-is-known',
      engines.map(({ name }) => name),
    ).describe(
      `The engine that applies the output from a repository: ${engines.map(({ title }) => title).join(' or ')}`,
    ),
    repoURL: text('repository-is-a-url', repositoryPattern).meta({
      description: 'The repository with the output, without a password: https://, ssh://, git@HOST:PATH or oci://',
      examples: [
        repository,
        'ssh://git@git.example/platform/federation.git',
        'oci://registry.example/platform/federation',
      ],
    }),
    revision: text('revision-is-printable', /^(?=.{1,200}$)(?!.*\.\.)[A-Za-z0-9]+([._/-]+[A-Za-z0-9]+)*$/)
      .meta({ description: 'Branch, refs/tags/TAG or commit of Git; tag of an oci:// repository', examples: ['main'] })
      .default('main'),
    path: text(
      'repository-path-is-relative',
      /^(?=.{1,200}$)[A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/,
    )
      .meta({ description: 'Directory of the output in the repository', examples: ['dist'] })
      .default('dist'),
    layout: one('layout-is-known', 'hub', 'per-cluster')
      .describe(
        `Only with ${titlesWith('layout', engines)}: hub: the one on the host applies everything; per-cluster: one in each cluster, and nothing orders the clusters`,
      )
      .optional(),
    namespace: dnsLabel(
      `Namespace in which the engine runs. Default: ${engines.map(({ namespace }) => namespace).join(' or ')}`,
      ...engines.map(({ namespace }) => namespace),
    ).optional(),
    applicationSet: z
      .boolean('value-is-true-or-false')
      .meta({
        description: `Only with ${titlesWith('applicationSet', engines)}: one ApplicationSet applies the waves in order at every change, but heals no drift`,
        examples: [true],
      })
      .optional(),
  }).meta({
    description: 'How a GitOps engine applies the output',
    examples: engines.map(({ name }) => ({ engine: name, repoURL: repository })),
  });
};
