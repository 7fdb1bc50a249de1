import type { ChartClasses } from '../../../charts/define.ts';
import type { KarmadaContent } from '../plan/content.ts';
import { PolicedObjectsChart } from './policed-objects.ts';

/** Maps each kind of content in Karmada's files to a chart class. */
export const karmadaCharts: ChartClasses<KarmadaContent> = { policedObjects: PolicedObjectsChart };
