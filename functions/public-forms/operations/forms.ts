import { accessRequestCard, accessRequestMail } from '../../../shared/domain/form/access-request.ts';
import { contactCard } from '../../../shared/domain/form/contact-message.ts';
import type { AccessBody, ContactBody } from '../schemas.ts';
import type { Form } from './receive-form.ts';

/** The request for access; without a recipient it goes to Discord alone. */
export function accessForm(mailRecipient: string): Form<AccessBody> {
  return {
    name: 'solicitud',
    refusal: 'forbidden',
    thanks: 'Hemos recibido tu solicitud. Te responderemos lo antes posible.',
    notices: (body, now) => {
      const { company_name: company, company_email: email, phone, is_member: isMember, message } = body;
      const request = { company, email, phone, isMember, message };
      const card = { channel: 'DISCORD_WEBHOOK_URL', message: accessRequestCard(request, now) } as const;
      return [
        ...(mailRecipient === ''
          ? []
          : [{ kind: 'mail' as const, content: accessRequestMail(request, mailRecipient) }]),
        { kind: 'discord', content: card },
      ];
    },
  };
}

export const contactForm: Form<ContactBody> = {
  name: 'contacto',
  refusal: 'invalid',
  thanks: 'Hemos recibido tu mensaje. Te responderemos lo antes posible.',
  notices: ({ nombre: name, email, empresa: company, mensaje: message }, now) => {
    const card = contactCard({ name, email, company, message }, now);
    return [{ kind: 'discord', content: { channel: 'DISCORD_WEBHOOK_CONTACT_URL', message: card } as const }];
  },
};
