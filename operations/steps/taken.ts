/** What steps have come to in a run that changes nothing. */
export interface Taken {
  /** The differences, as kubectl shows them. Empty if there is none. */
  readonly differences: string;
  /** Steps that cannot be tried before earlier ones are taken. */
  readonly untried: number;
}

/** No difference, and nothing left untried. */
export const nothingTaken: Taken = { differences: '', untried: 0 };
