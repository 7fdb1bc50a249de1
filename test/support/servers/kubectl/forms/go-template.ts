import { isMap, valueAt } from '../../api/object.ts';
import { ProgramError } from '../said.ts';

/** The templates of Go that the product uses, each with what kubectl prints for it. */
const known: readonly (readonly [RegExp, (value: unknown, found: RegExpExecArray) => string])[] = [
  // One key of a Secret, as JSON.
  [
    /^\{\{with index \.data ("[^"]*")\}\}\{\{printf "%q" \.\}\}\{\{end\}\}$/,
    (value, [, key = '""']) => {
      const found = valueAt(value, 'data', String(JSON.parse(key)));
      return typeof found === 'string' && found !== '' ? JSON.stringify(found) : '';
    },
  ],
  [
    /^\{\{index \.data "([^"]*)" \| base64decode\}\}$/,
    (value, [, key = '']) => {
      const found = valueAt(value, 'data', key);
      return typeof found === 'string' ? Buffer.from(found, 'base64').toString('utf8') : '';
    },
  ],
  // Every key of a Secret in a text of YAML.
  [
    /^(.*)\{\{range \$key, \$value := \.data\}\}(\s*)\{\{printf "%q: %q\\n" \$key \$value\}\}\{\{end\}\}(.*)$/s,
    (value, [, before, blanks, after]) => {
      const data = valueAt(value, 'data');
      const pairs = Object.entries(isMap(data) ? data : {}).sort(([one], [other]) => (one < other ? -1 : 1));
      const lines = pairs.map(([key, text]) => `${blanks}${JSON.stringify(key)}: ${JSON.stringify(text)}\n`);
      return `${before}${lines.join('')}${after}`;
    },
  ],
  // Objects without an owner.
  [
    /^\{\{range \.items\}\}\{\{if not \.metadata\.ownerReferences\}\}\{\{\.kind\}\} \{\{\.metadata\.name\}\}\{\{"\\n"\}\}\{\{end\}\}\{\{end\}\}$/,
    (value) => {
      const items = valueAt(value, 'items');
      const lines = (Array.isArray(items) ? items : []).filter(
        (item) => valueAt(item, 'metadata', 'ownerReferences') === undefined,
      );
      return lines.map((item) => `${valueAt(item, 'kind')} ${valueAt(item, 'metadata', 'name')}\n`).join('');
    },
  ],
];

/** Renders one of the known templates of Go for an object. */
export function renderGoTemplate(template: string, value: unknown): string {
  for (const [pattern, render] of known) {
    const found = pattern.exec(template);
    if (found !== null) return render(value, found);
  }
  throw new ProgramError(`error: these servers do not know the template ${template}`);
}
