/** KubeFed releases whose objects we emit and test. */
export const kubefedVersions: readonly string[] = ['0.4.1'];
