import { isMap } from '../../api/object.ts';

/** Renders a template of kubectl's jsonpath for an object. What is missing is empty. */
export function renderJsonPath(template: string, object: unknown): string {
  return renderParts(partsOf(template), object, object);
}

type Part = { readonly text: string } | { readonly expression: string };

function partsOf(template: string): readonly Part[] {
  const pieces = template.match(/\{(?:"(?:[^"\\]|\\.)*"|'[^']*'|\[[^\]]*\]|[^}"'])*\}|[^{]+/g) ?? [];
  return pieces.map((piece) => (piece.startsWith('{') ? { expression: piece.slice(1, -1).trim() } : { text: piece }));
}

function renderParts(parts: readonly Part[], root: unknown, current: unknown): string {
  let out = '';
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at];
    if (part === undefined) break;
    if ('text' in part) out += part.text;
    else if (part.expression.startsWith('range')) {
      const end = endOfRange(parts, at);
      const inner = parts.slice(at + 1, end);
      out += evaluate(part.expression.slice(5).trim(), root, current)
        .map((item) => renderParts(inner, root, item))
        .join('');
      at = end;
    } else if (/^["']/.test(part.expression)) out += unquoted(part.expression);
    else out += evaluate(part.expression, root, current).map(printed).join(' ');
  }
  return out;
}

function endOfRange(parts: readonly Part[], start: number): number {
  let depth = 0;
  for (let at = start; at < parts.length; at += 1) {
    const part = parts[at];
    if (part === undefined || 'text' in part) continue;
    if (part.expression.startsWith('range')) depth += 1;
    if (part.expression === 'end') depth -= 1;
    if (depth === 0) return at;
  }
  return parts.length;
}

const unquoted = (text: string): string =>
  text.slice(1, -1).replace(/\\(n|t|x[0-9a-f]{2}|.)/gi, (_, code: string) => {
    if (code.startsWith('x')) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return { n: '\n', t: '\t' }[code] ?? code;
  });

const printed = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);

/** The values at a path of jsonpath: `.items[*].status.conditions[?(@.type=="Ready")].status`. */
export function evaluate(path: string, root: unknown, current: unknown = root): readonly unknown[] {
  const steps = path.match(/\.?\[[^\]]*\]|\.(?:\\.|[^.[\]\\])+|\.\.|[^.[\]]+/g) ?? [];
  const start = path.startsWith('$') ? root : current;
  return steps.reduce<readonly unknown[]>((values, step) => values.flatMap((value) => takeStep(value, step)), [start]);
}

function takeStep(value: unknown, step: string): readonly unknown[] {
  if (step === '$' || step === '@') return [value];
  const [, index] = /^\.?\[(.*)\]$/s.exec(step) ?? [];
  if (index === undefined) return fieldOf(value, step.replace(/^\./, '').replace(/\\(.)/g, '$1'));
  const [, condition] = /^\?\((.*)\)$/s.exec(index) ?? [];
  const items = Array.isArray(value) ? value : isMap(value) ? Object.values(value) : [];
  if (condition !== undefined) return items.filter((item) => holds(condition, item));
  if (index === '*') return items;
  const [, key] = /^['"](.*)['"]$/.exec(index) ?? [];
  if (key !== undefined) return fieldOf(value, key);
  const found: unknown = Array.isArray(value) ? value.at(Number(index)) : undefined;
  return found === undefined ? [] : [found];
}

function fieldOf(value: unknown, name: string): readonly unknown[] {
  if (name === '*') return Array.isArray(value) ? value : Object.values(isMap(value) ? value : {});
  if (name === '') return [value];
  const found = isMap(value) ? value[name] : undefined;
  return found === undefined || found === null ? [] : [found];
}

function holds(condition: string, item: unknown): boolean {
  const [, path = '', operator = '', wanted = ''] = /^@(.*?)\s*(==|!=)\s*(.*)$/s.exec(condition) ?? [];
  if (operator === '') return evaluate(condition.replace(/^@/, ''), item).length > 0;
  const value = wanted.replace(/^["'](.*)["']$/s, '$1');
  return evaluate(path, item).some((one) => String(one) === value) === (operator === '==');
}
