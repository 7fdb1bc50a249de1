/** Why a server refuses a request. No word stands for an error inside the server. */
export type StatusReason = 'NotFound' | 'AlreadyExists' | 'Conflict' | 'Invalid' | 'Forbidden' | '';

/** A request that a server refuses, in the words of Kubernetes. */
export class StatusError extends Error {
  readonly reason: StatusReason;

  constructor(reason: StatusReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** An object as messages name it: `deployments.apps`, and its name. */
export interface NamedObject {
  readonly resource: string;
  readonly name: string;
}

/** There is no such object. */
export function notFound({ resource, name }: NamedObject): StatusError {
  return new StatusError('NotFound', `${resource} "${name}" not found`);
}

/** There is already such an object. */
export function alreadyExists({ resource, name }: NamedObject): StatusError {
  return new StatusError('AlreadyExists', `${resource} "${name}" already exists`);
}

/** Somebody else has changed the object. */
export function conflict({ resource, name }: NamedObject, why: string): StatusError {
  return new StatusError('Conflict', `Operation cannot be fulfilled on ${resource} "${name}": ${why}`);
}

/** Something may not be done to an object. */
export function forbidden({ resource, name }: NamedObject, why: string): StatusError {
  return new StatusError('Forbidden', `${resource} "${name}" is forbidden: ${why}`);
}
