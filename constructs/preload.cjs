// Loaded before tsx, and therefore in plain JavaScript. Once tsx is loaded, it checks whether each library file could
// be TypeScript and reads its source map, which takes as long again as loading the file
// (docs/decisions/0010-libraries-before-tsx.md).
for (const library of ['cdk8s', 'yaml', 'js-yaml', 'zod', 'cdk8s-plus-25/lib/imports/k8s']) require(library);
