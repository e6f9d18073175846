// The Serverless Framework loads CommonJS only: this is the door to the TypeScript beside it.
module.exports = import('./deployed-plan.ts')
  .then(({ deployedPlan }) => deployedPlan())
  .catch((error) => {
    // Thrown to the framework, the error would be told again for every value that comes from here.
    console.error(error.remedy === undefined ? error : `${error.message}\n${error.remedy}`);
    process.exit(2);
  });
