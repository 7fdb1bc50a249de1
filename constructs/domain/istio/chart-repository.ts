/** The repository in which Istio publishes its charts (istio.io docs/setup/install/helm). */
export const istioChartRepository = 'https://istio-release.storage.googleapis.com/charts';
