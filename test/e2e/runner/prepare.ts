import { alone } from '../build/alone.ts';
import { installPackages } from '../build/debian.ts';
import { buildModules } from '../build/go.ts';
import { makeImages } from '../build/images.ts';
import type { Form } from '../clusters/up.ts';
import { IMAGES } from '../tables/images.ts';
import type { ModuleName } from '../tables/modules.ts';
import { serverModules } from '../tables/servers.ts';

/** What suites stand on: clusters of a form, or programs alone. */
export type Preparation = Form | 'programs';

/** Makes everything that clusters of a form need, and the modules that suites ask for beside that. */
export async function prepare(form: Preparation, further: readonly ModuleName[]): Promise<void> {
  await alone(async () => {
    if (form === 'programs') return buildModules([...new Set(further)]);
    await installPackages();
    const images = form === 'nodes' ? imageModules() : [];
    await buildModules([...new Set([...serverModules(form === 'light'), ...further, ...images])]);
    if (form === 'nodes') await makeImages();
  });
}

/** Makes the tools only: for clusters that somebody else has brought up. */
export async function prepareTools(further: readonly ModuleName[]): Promise<void> {
  await alone(() => buildModules([...new Set<ModuleName>(['kubernetes', ...further])]));
}

function imageModules(): ModuleName[] {
  return IMAGES.flatMap((row) => row.files)
    .map((file) => file.from)
    .filter((from) => from !== 'envoy');
}
