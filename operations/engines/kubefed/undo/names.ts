/** The namespace in which KubeFed runs, in every cluster that has joined. */
export const kubefedNamespace = 'kube-federation-system';

/** The API group of Federated objects. */
export const federatedGroup = 'types.kubefed.io';

/** The API group of KubeFed's own settings and registrations. */
export const coreGroup = 'core.kubefed.io';
