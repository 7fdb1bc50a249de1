import { alone } from '../build/alone.ts';
import { installPackages } from '../build/debian.ts';
import { buildModules } from '../build/go.ts';
import { makeImages } from '../build/images.ts';
import type { Form } from '../clusters/up.ts';
import { images } from '../tables/images.ts';
import type { ModuleName } from '../tables/modules.ts';
import { serverModules } from '../tables/servers.ts';

/** What suites stand on: clusters of a form, or programs alone. */
export type Preparation = Form | 'programs';

/** The modules that a preparation builds: those of the form, and those that suites ask for beside that. */
export function modulesFor(preparation: Preparation | 'tools', further: readonly ModuleName[]): ModuleName[] {
  const ofTheForm: Readonly<Record<Preparation | 'tools', () => readonly ModuleName[]>> = {
    programs: () => [],
    tools: () => ['kubernetes'],
    light: () => serverModules(true),
    nodes: () => [...serverModules(false), ...imageModules()],
  };
  return [...new Set([...ofTheForm[preparation](), ...further])];
}

/** Makes everything that clusters of a form need, and the modules that suites ask for beside that. */
export async function prepare(form: Preparation, further: readonly ModuleName[]): Promise<void> {
  await alone(async () => {
    if (form !== 'programs') await installPackages();
    await buildModules(modulesFor(form, further));
    if (form === 'nodes') await makeImages();
  });
}

/** Makes the tools only: for clusters that somebody else has brought up. */
export async function prepareTools(further: readonly ModuleName[]): Promise<void> {
  await alone(() => buildModules(modulesFor('tools', further)));
}

function imageModules(): ModuleName[] {
  return images()
    .flatMap((row) => row.files)
    .map((file) => file.from)
    .filter((from) => from !== 'envoy');
}
