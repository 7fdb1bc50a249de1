import { InvalidArgumentError } from 'commander';
import { dnsLabelPattern } from '../../constructs/domain/kubernetes/dns-names.ts';

/** Reads a number of seconds. */
export function secondsOf(value: string): number {
  if (!/^[1-9]\d{0,4}$/.test(value)) throw new InvalidArgumentError('Give a number of seconds, such as 300.');
  return Number(value);
}

/** Reads a name: that of a cluster or of a federation. */
export function labelOf(value: string): string {
  if (!dnsLabelPattern.test(value)) throw new InvalidArgumentError('Give a name.');
  return value;
}
