// The Serverless Framework loads CommonJS only: this is the door to the TypeScript beside it.
let deployed;

module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  // The framework asks again for every value that comes from here.
  deployed ??= deployedWith(stage);
  return deployed;
};

async function deployedWith(stage) {
  try {
    const { deployedPlan } = await import('./deployed-plan.ts');
    return deployedPlan(stage);
  } catch (error) {
    // Thrown to the framework, the error would be told again for every value that comes from here.
    console.error(error.remedy === undefined ? error : `${error.message}\n${error.remedy}`);
    process.exit(2);
  }
}
