import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { fitToEmulator } from '../../../sandbox/deployment/emulated-package.ts';
import { temporaryFolder } from '../../support/sandbox-processes/temporary-sandbox.ts';

const overTlsOnly = { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };

const resources = {
  Step: { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs24.x', Handler: 'step.handler' } },
  Topic: { Type: 'AWS::SNS::Topic' },
  Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { PolicyDocument: { Statement: [overTlsOnly] } } },
  Publishers: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow' }, overTlsOnly] } },
  },
};

/** A package of one function, fitted with another plan file. */
async function fittedPackage(files: Record<string, string>) {
  const folder = await temporaryFolder();
  const zip = zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
  const state = { package: {}, service: { provider: { compiledCloudFormationTemplate: { Resources: resources } } } };
  await writeFile(join(folder, 'step.zip'), zip);
  await writeFile(join(folder, 'serverless-state.json'), JSON.stringify(state));
  const planFile = join(await temporaryFolder(), 'present.yml');
  await writeFile(planFile, 'present');

  await fitToEmulator(folder, planFile);
  const fitted = unzipSync(await readFile(join(folder, 'step.zip')));
  return {
    files: Object.fromEntries(Object.entries(fitted).map(([name, content]) => [name, strFromU8(content)])),
    state: JSON.parse(await readFile(join(folder, 'serverless-state.json'), 'utf8')),
  };
}

test('a function keeps its bundle and gets a runtime of its own beside it', async () => {
  const { files } = await fittedPackage({ 'step.js': 'the bundle' });

  expect(files).toEqual({
    'step.js': 'the bundle',
    bootstrap: expect.stringContaining('#!/usr/bin/env node'),
    'lambda-runtime.mts': expect.stringContaining('serve'),
    'package.json': '{}',
  });
});

test('a function that reads the plan file gets the present one', async () => {
  const { files } = await fittedPackage({ 'step.js': 'the bundle', 'tandem.yml': 'of an earlier run' });

  expect(files['tandem.yml']).toBe('present');
});

test('the template names that runtime, and loses the statements that refuse plain HTTP and nothing else', async () => {
  const { state } = await fittedPackage({ 'step.js': 'the bundle' });

  expect(state.package).toEqual({});
  expect(state.service.provider.compiledCloudFormationTemplate.Resources).toEqual({
    Step: { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'provided.al2023', Handler: 'step.handler' } },
    Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
    Publishers: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow' }] } },
    },
  });
});
