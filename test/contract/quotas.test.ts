import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { describe, expect, inject, it } from 'vitest';
import { serviceQuotas } from '../../shared/adapters/service-quotas.ts';
import { clientOf } from '../support/emulators.ts';
import { FakeAccount } from '../support/fakes/account.ts';

describe('quotas', () => {
  it('the fake tells how many tables there may be', async () => {
    expect(await new FakeAccount().quotasPort.tables()).toBe(2_500);
  });

  it('MiniStack says that it does not know the service', async () => {
    const quotas = serviceQuotas(new ServiceQuotasClient({ ...clientOf(inject('miniStack')), maxAttempts: 1 }));

    await expect(quotas.tables()).rejects.toMatchObject({ code: 'SERVICE_NOT_OFFERED' });
  });
});
