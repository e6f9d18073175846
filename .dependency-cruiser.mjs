/**
 * The boundaries of Tandem: dependencies point inwards, to the rules. Each entry says what may be imported and why.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */

/** Everything of this project, so that a rule can speak of it without the packages. */
const ownCode = '^(functions|shared|cli|sandbox|resources|docs|test)/';

/** A part of the project that may import these parts and no others of the project. */
const mayImportOnly = (part, allowed, comment) => ({
  name: `${part.split('/').at(-1)}-imports`,
  comment,
  severity: 'error',
  from: { path: `^${part}/` },
  to: { path: ownCode, pathNot: allowed.map((one) => `^${one}/`) },
});

const forbidden = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    mayImportOnly(
      'shared/errors',
      ['shared/errors'],
      'Everything throws the errors of the catalogue, so the catalogue can depend on nothing.',
    ),
    mayImportOnly(
      'shared/contracts',
      ['shared/contracts'],
      'A contract is a shape that outlives the code around it: manifests are read by later versions.',
    ),
    mayImportOnly(
      'shared/ports',
      ['shared/ports', 'shared/contracts', 'shared/errors'],
      'A port says what the rules need in their own words, not in those of whoever provides it.',
    ),
    mayImportOnly(
      'shared/core',
      ['shared/core', 'shared/contracts', 'shared/errors', 'shared/ports'],
      'The rules hold whatever runs them: a test of a rule needs no service and no fake.',
    ),
    mayImportOnly(
      'shared/steps',
      ['shared/steps', 'shared/core', 'shared/contracts', 'shared/errors', 'shared/ports'],
      'A step does one task of a workflow through ports, so that it runs alike in an account, in process and in virtual time.',
    ),
    mayImportOnly(
      'shared/adapters',
      ['shared/adapters', 'shared/core', 'shared/contracts', 'shared/errors', 'shared/ports'],
      'An adapter translates one service into its port, and knows nothing of the workflow that asks.',
    ),
    mayImportOnly(
      'shared/lambda',
      ['shared'],
      'The composition root picks the adapters; what it composes for comes to it as a parameter.',
    ),
    mayImportOnly(
      'functions',
      ['shared/lambda', 'shared/contracts', 'shared/steps'],
      'A function parses, calls one step and returns: a rule that is written here cannot be tested without Lambda.',
    ),
    mayImportOnly(
      'resources',
      ['resources', 'shared/core', 'shared/contracts', 'shared/errors'],
      'The template is made from the plan file alone, before anything is deployed.',
    ),
    forbidden(
      'ports-are-interfaces',
      'A port has nothing that runs: whoever imports it as a value found an implementation in the wrong place.',
      {},
      { path: '^shared/ports/', dependencyTypesNot: ['type-only'] },
    ),
    forbidden(
      'no-io-in-the-rules',
      'Files, processes, timers and sockets come in through ports. Hashing and comparing are arithmetic, and are let in.',
      { path: '^shared/(core|contracts|errors|ports|steps)/' },
      { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|util)$' },
    ),
    forbidden(
      'clients-in-adapters-only',
      "A provider's client stays behind a port, where its retries and errors are tamed once; composition roots make it.",
      {
        path: ownCode,
        pathNot: '^(shared/(adapters|lambda)/|cli/surroundings[.]ts$|resources/before-deploy[.]cjs$|sandbox/|test/)',
      },
      { path: 'node_modules/(@aws-sdk|@smithy|aws4)/' },
    ),
    forbidden(
      'functions-are-entry-points',
      'Functions are what is deployed. Only the run in process, which stands in for the deployment, calls them.',
      { pathNot: '^(functions|cli/local|test)/' },
      { path: '^functions/' },
    ),
    forbidden(
      'functions-stand-alone',
      'Each function is a bundle of its own: one that imports another carries the clients of both.',
      { path: '^functions/' },
      { path: '^functions/' },
    ),
    forbidden(
      'nothing-imports-tests',
      'What ships must not depend on fakes and fixtures.',
      { pathNot: '^test/' },
      { path: '^test/' },
    ),
    forbidden(
      'the-sandbox-stays-out-of-the-product',
      'The sandbox plays an account; a product that knows it could behave differently in it.',
      { path: '^(functions|shared|cli|resources)/' },
      { path: '^sandbox/' },
    ),
    forbidden(
      'no-development-packages-in-the-product',
      'What an account or a user runs needs its packages where development packages are not installed. Types vanish.',
      { path: '^(functions|shared|cli)/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    forbidden(
      'only-declared-packages',
      'A package that is there by chance, because another one brought it, goes with the next update.',
      {},
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'undetermined'] },
    ),
    forbidden(
      'everything-resolves',
      'An import that leads nowhere fails when it is run.',
      {},
      { couldNotResolve: true },
    ),
    forbidden(
      'no-cycles',
      'Two files that need each other are one concept in two places, and load in an order that nobody chose.',
      {},
      { circular: true },
    ),
    forbidden(
      'no-orphans',
      'A file that nothing imports and that imports nothing is forgotten.',
      { orphan: true, pathNot: ['\\.d\\.ts$', '^test/.*\\.test\\.ts$', '^sandbox/demo/index-products[.]mjs$'] },
      {},
    ),
  ],
  options: {
    // TypeScript 7 has no interface for other tools, so swc reads the sources; it sees type-only imports and marks them.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
