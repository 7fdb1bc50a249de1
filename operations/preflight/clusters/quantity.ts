// A quantity of Kubernetes (apimachinery 1.34 pkg/api/resource/quantity.go): decimal digits, then a suffix or an exponent.
const quantityPattern = /^(\d{1,18}(?:\.\d{0,18})?|\.\d{1,18})(?:([KMGTPE]i|[numkMGTPE])|[eE]([+-]?\d{1,2}))?$/;

const suffixes: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** Larger than anything that a node has. */
const largest = 1e18;

/** A quantity as a number: `3920m` is 3.92, `8Gi` is 8589934592. Null for everything else: it is unknown, and not nothing. */
export function parseQuantity(text: unknown): number | null {
  const [, digits, suffix, exponent] = quantityPattern.exec(typeof text === 'string' ? text : '') ?? [];
  if (digits === undefined) return null;
  const scale = suffix === undefined ? 10 ** Number(exponent ?? 0) : (suffixes[suffix] ?? Number.NaN);
  const value = Number(digits) * scale;
  return value <= largest ? value : null;
}
