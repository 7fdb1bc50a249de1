import type { ChartClasses } from '../../../charts/define.ts';
import type { KarmadaContent } from '../plan/content.ts';
import { PolicedObjectsChart } from './policed-objects.ts';

/** A class for each kind of content that Karmada's files hold. */
export const karmadaCharts: ChartClasses<KarmadaContent> = { policedObjects: PolicedObjectsChart };
