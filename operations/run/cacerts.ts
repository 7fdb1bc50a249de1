/** The four files of Secret istio-system/cacerts, as Istio reads them. */
export const cacertsFiles = ['ca-cert.pem', 'ca-key.pem', 'root-cert.pem', 'cert-chain.pem'] as const;

/** The texts of the files, by name. */
export type Cacerts = Readonly<Record<(typeof cacertsFiles)[number], string>>;
