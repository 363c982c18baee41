import { describe, expect, it } from 'vitest';
import { devStage, localStage, prodStage, stageFromContext } from '../../../infra/config/stage.ts';
import { pmsAddresses } from '../../../shared/domain/integration/pms-addresses.ts';

const elsewhere = 'https://example.org';

describe("the providers' addresses", () => {
  it.each([devStage, prodStage, stageFromContext({ stage: 'mine' })])(
    "stage $name sends credentials to the providers' own hosts, and starts with no others",
    ({ settings }) => {
      expect(pmsAddresses(settings)).toEqual({
        smoobu: 'https://login.smoobu.com',
        beds24: 'https://beds24.com/api/v2',
        hostaway: 'https://api.hostaway.com/v1',
        cloudbeds: 'https://api.cloudbeds.com/api/v1.3',
      });
      for (const name of ['SMOOBU', 'BEDS24', 'HOSTAWAY', 'CLOUDBEDS']) {
        const variable = `${name}_BASE_URL`;
        expect(() => pmsAddresses({ ...settings, [variable]: elsewhere })).toThrow(variable);
      }
    },
  );

  it('the local cloud alone may point anywhere', () => {
    expect(localStage.settings.PARTNER_HOSTS).toBe('any');
    const settings = { ...localStage.settings, SMOOBU_BASE_URL: 'http://127.0.0.1:4010' };
    expect(pmsAddresses(settings).smoobu).toBe('http://127.0.0.1:4010');
  });
});
