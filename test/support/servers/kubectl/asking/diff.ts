import { dump } from 'js-yaml';
import { isSame, type JsonMap } from '../../api/object.ts';
import { type Command, placed, titleOf } from '../command.ts';
import { readManifests } from '../manifests.ts';
import { messageOf, type Said } from '../said.ts';

/** `kubectl diff --server-side`: exit code 1 if something differs, a higher one if it cannot tell. */
export function diff(command: Command): Said {
  const { args, cluster } = command;
  const options = {
    manager: args.value('field-manager') ?? 'kubectl',
    force: args.has('force-conflicts'),
    isDryRun: true,
  };
  const texts: string[] = [];
  for (const one of readManifests(args, command.input)) {
    try {
      const { place, sent } = placed(command, one);
      command.note(titleOf(place));
      const before = cluster.server.find(place);
      const after = cluster.server.apply(sent, options);
      if (!isSame(shown(before), shown(after))) texts.push(textOf(titleOf(place), before, after));
    } catch (error) {
      return { out: texts.join(''), err: `${messageOf(error)}\n`, exitCode: 2 };
    }
  }
  return {
    out: texts.join(''),
    err: texts.length === 0 ? '' : 'exit status 1\n',
    exitCode: texts.length === 0 ? 0 : 1,
  };
}

const shown = (object: JsonMap | undefined): unknown => (object === undefined ? undefined : { ...object });

function textOf(title: string, before: JsonMap | undefined, after: JsonMap): string {
  const [old, young] = [linesOf(before), linesOf(after)];
  const gone = old.filter((line) => !young.includes(line)).map((line) => `-${line}\n`);
  const come = young.filter((line) => !old.includes(line)).map((line) => `+${line}\n`);
  return `diff -u -N LIVE/${title} MERGED/${title}\n--- LIVE/${title}\n+++ MERGED/${title}\n${gone.join('')}${come.join('')}`;
}

const linesOf = (object: JsonMap | undefined): readonly string[] =>
  object === undefined ? [] : dump(object, { sortKeys: true }).trimEnd().split('\n');
