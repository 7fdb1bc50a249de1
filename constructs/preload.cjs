// Loaded before tsx, so in plain JavaScript: once tsx is there, it looks for every file of a library as if it could be
// TypeScript, and reads its source map, which takes as long again as loading it
// (docs/decisions/0010-libraries-before-tsx.md).
for (const library of ['cdk8s', 'yaml', 'js-yaml', 'zod', 'cdk8s-plus-25/lib/imports/k8s']) require(library);
