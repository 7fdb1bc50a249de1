import type { Construct, IConstruct } from 'constructs';

const key = 'mesh-federation:cause';

/** Records on a construct the path of the declaration that asked for it. It also applies to all constructs below. */
export function setCause(construct: Construct, cause: string): void {
  construct.node.addMetadata(key, cause);
}

/** The path of the declaration that asked for a construct: its own, or that of its nearest scope with a cause. */
export function causeOf(construct: IConstruct): string {
  const nearest = [...construct.node.scopes]
    .reverse()
    .flatMap(({ node }) => node.metadata.filter(({ type }) => type === key));
  const cause: unknown = nearest[0]?.data;
  if (typeof cause !== 'string')
    throw new Error(`${construct.node.path}: nothing in the declaration asks for this construct`);
  return cause;
}
