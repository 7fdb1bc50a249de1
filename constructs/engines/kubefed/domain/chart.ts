/** The repository in which KubeFed publishes its chart (0.10.0 charts/kubefed/README.md, "Installing the Chart"). */
export const kubefedChartRepository = 'https://raw.githubusercontent.com/kubernetes-sigs/kubefed/master/charts';

/** The image that the chart of a version runs, with its tag. */
export const kubefedImage = (version: string): string => `quay.io/kubernetes-multicluster/kubefed:v${version}`;
