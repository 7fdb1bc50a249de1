import { z } from 'zod';
import type { EngineInstallation } from '../../../../constructs/model/federation.ts';
import { Failure } from '../../../clusters/failure.ts';
import { printedDocuments } from '../../../programs/printed-documents.ts';
import { kubefed } from '../names.ts';

/** An object of the chart. */
export type ChartObject = z.output<typeof objectSchema>;

const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});

/**
 * The objects of KubeFed's chart, in two parts. The late ones are the settings, which the webhook checks, and the controller,
 * which ends if it finds no settings.
 */
export interface ChartObjects {
  readonly early: readonly ChartObject[];
  readonly late: readonly ChartObject[];
}

/**
 * Reads what helm has made of the chart.
 *
 * @throws Failure when it is not a text of objects
 */
export function readChartObjects(text: string): ChartObjects {
  const objects = readObjects(text, 'the chart of KubeFed');
  const late = objects.filter(isLate);
  return {
    early: objects.filter((object) => !late.includes(object)),
    // Settings without a namespace are those of KubeFed's own.
    late: late.map((object) => ({ ...object, metadata: { namespace: kubefed.namespace, ...object.metadata } })),
  };
}

/** Characters of a text that is read: the definitions of KubeFed's kinds have some hundred thousand. */
const mostCharacters = 4_000_000;

/** The objects in a text of several documents. */
export function readObjects(text: string, what: string): readonly ChartObject[] {
  const { success, data } = z.array(objectSchema).safeParse(printedDocuments(text, mostCharacters));
  if (success && data.length > 0) return data;
  throw new Failure({
    problem: `${what} has no objects that can be read`,
    fix: 'correct the chart, or its repository',
  });
}

function isLate({ apiVersion, metadata }: ChartObject): boolean {
  return apiVersion.startsWith(`${kubefed.coreGroup}/`) || metadata.name === kubefed.controller;
}

/** The values of an installation, as words for helm. */
export function valueWords({
  image,
  pullSecrets,
}: Pick<EngineInstallation, 'image' | 'pullSecrets'>): readonly string[] {
  const slash = image.lastIndexOf('/');
  const colon = image.lastIndexOf(':');
  const parts = ['controller', 'webhook'].flatMap((part) => [
    ['controllermanager', part, 'repository', image.slice(0, slash)],
    ['controllermanager', part, 'tag', image.slice(colon + 1)],
  ]);
  const values = [
    ...parts.map((words) => [words.slice(0, 3).join('.'), words[3]]),
    ...pullSecrets.map((name, index) => [`controllermanager.imagePullSecrets[${index}].name`, name]),
  ];
  return values.flatMap(([key, value]) => ['--set-string', `${key}=${value}`]);
}
