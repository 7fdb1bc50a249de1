import { alone } from '../build/alone.ts';
import { installPackages } from '../build/debian.ts';
import { buildModules } from '../build/go.ts';
import { makeImages } from '../build/images.ts';
import type { Form } from '../clusters/up.ts';
import { images } from '../tables/images.ts';
import type { ModuleName } from '../tables/modules.ts';
import { serverModules } from '../tables/servers.ts';

/** The basis of suites: clusters of a form, or programs alone. */
export type Preparation = Form | 'programs';

/** The modules that a preparation builds: those of the form, and those that suites ask for in addition. */
export function modulesFor(preparation: Preparation | 'tools', further: readonly ModuleName[]): ModuleName[] {
  const ofTheForm: Readonly<Record<Preparation | 'tools', () => readonly ModuleName[]>> = {
    programs: () => [],
    tools: () => ['kubernetes'],
    light: () => serverModules(true),
    nodes: () => [...serverModules(false), ...imageModules()],
  };
  return [...new Set([...ofTheForm[preparation](), ...further])];
}

/** Builds everything that clusters of a form need, and the modules that suites ask for in addition. */
export async function prepare(form: Preparation, further: readonly ModuleName[]): Promise<void> {
  await alone(async () => {
    if (form !== 'programs') await installPackages();
    await buildModules(modulesFor(form, further));
    if (form === 'nodes') await makeImages();
  });
}

/** Builds only the tools, for existing clusters. */
export async function prepareTools(further: readonly ModuleName[]): Promise<void> {
  await alone(() => buildModules(modulesFor('tools', further)));
}

function imageModules(): ModuleName[] {
  return images()
    .flatMap((row) => row.files)
    .map((file) => file.from)
    .filter((from) => from !== 'envoy');
}
