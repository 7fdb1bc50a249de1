import type { ServerCall } from './calls.ts';
import { kubectl } from './kubectl/kubectl.ts';
import { failing, type Said } from './kubectl/said.ts';
import { inPod } from './pods/in-pod.ts';
import { helm } from './programs/helm/helm.ts';
import { istioctl } from './programs/istioctl.ts';
import { karmadactl } from './programs/karmadactl.ts';
import { kubefedctl } from './programs/kubefedctl.ts';
import type { ProgramAround } from './programs/program.ts';

/** Runs a call on the servers. */
export function runCall({ program, args, input }: ServerCall, around: ProgramAround): Said {
  switch (program) {
    case 'kubectl':
      return kubectl(args, input, {
        ...around,
        inPod: (context, pod, words) => inPod(around.world, context, pod, words),
      });
    case 'istioctl':
      return istioctl(args, input, around);
    case 'helm':
      return helm(args, input, around);
    case 'kubefedctl':
      return kubefedctl(args, around);
    case 'karmadactl':
      return karmadactl(args, around);
    default:
      return failing(`${program}: not found`, 127);
  }
}
