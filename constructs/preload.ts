// tsx turns source maps on, and Node then decodes those that the libraries carry inside: megabytes that no stack of ours
// needs, a quarter of the start-up. So the large ones load first, without; our own files keep theirs
// (docs/decisions/0005-commonjs-for-start-up.md).
process.setSourceMapsEnabled(false);
for (const library of ['cdk8s', 'yaml', 'js-yaml', 'zod', 'cdk8s-plus-25/lib/imports/k8s']) require(library);
process.setSourceMapsEnabled(true);
