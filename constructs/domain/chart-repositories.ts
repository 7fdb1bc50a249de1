/** Where Istio publishes its charts (istio.io docs/setup/install/helm). */
export const istioChartRepository = 'https://istio-release.storage.googleapis.com/charts';

/** Where KubeFed publishes its chart (0.10.0 charts/kubefed/README.md, "Installing the Chart"). */
export const kubefedChartRepository = 'https://raw.githubusercontent.com/kubernetes-sigs/kubefed/master/charts';
