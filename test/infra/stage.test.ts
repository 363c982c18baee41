import { describe, expect, it } from 'vitest';
import { isUnsetMailDomain, localStage, stageFromContext } from '../../infra/config/stage.ts';

describe('stage', () => {
  it('is dev when the context says nothing', () => {
    expect(stageFromContext({})).toMatchObject({ name: 'dev', keepsData: false });
  });

  it('keeps its data in production only', () => {
    expect(stageFromContext({ stage: 'prod' }).keepsData).toBe(true);
    expect(stageFromContext({ stage: 'ana' })).toMatchObject({ name: 'ana', keepsData: false });
  });

  it('sets cookies for plain HTTP in the local cloud only', () => {
    expect(localStage.settings.SECURE_COOKIES).toBe('false');
    expect(stageFromContext({ stage: 'prod' }).settings.SECURE_COOKIES).toBe('true');
  });

  it('takes mail domain, origins and alarm address from the context', () => {
    const context = {
      stage: 'prod',
      mailgunDomain: 'mg.stay.test',
      allowedOrigins: 'https://a.test',
      alarmEmail: 'a@b.co',
    };
    const stage = stageFromContext(context);
    expect(stage.alarmEmail).toBe('a@b.co');
    expect(stage.settings).toMatchObject({
      MAILGUN_DOMAIN: 'mg.stay.test',
      MAIL_SENDER: 'Stay Ops <avisos@mg.stay.test>',
      ALLOWED_ORIGINS: 'https://a.test',
    });
    expect(isUnsetMailDomain(stage.settings.MAILGUN_DOMAIN)).toBe(false);
  });

  it('knows that it was never told its mail domain', () => {
    expect(isUnsetMailDomain(stageFromContext({ stage: 'prod' }).settings.MAILGUN_DOMAIN)).toBe(true);
  });

  it.each([['Prod'], ['two-words'], ['abcdefghijklm'], ['']])('refuses the name "%s"', (stage) => {
    expect(() => stageFromContext({ stage })).toThrow(/^CDK context malformed: stage:/);
  });

  it('names the context key that is malformed', () => {
    expect(() => stageFromContext({ alarmEmail: 'nobody' })).toThrow(/alarmEmail/);
  });
});
