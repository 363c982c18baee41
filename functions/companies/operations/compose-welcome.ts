import type { Company } from '../../../shared/domain/company/company.ts';
import type { MailContent } from '../../../shared/domain/outbox/mail-content.ts';

/** The mail to a new company: its name, its address and when it was made (`stay-sidekick.md` §4.4). */
export function welcomeMail({ nombre, email, created_at }: Company): MailContent {
  const text = [
    'Hola:',
    'Vuestra empresa ya está dada de alta en Stay Sidekick.',
    [`Empresa: ${nombre}`, `Correo: ${email}`, `Fecha de alta: ${created_at}`].join('\n'),
    'En breve recibiréis el acceso de la primera persona administradora. Si no esperabais este correo, respondednos y lo revisamos.',
    'Un saludo,\nel equipo de Stay Sidekick',
  ].join('\n\n');
  return { to: email, subject: `Bienvenida a Stay Sidekick · ${nombre}`, text: `${text}\n` };
}
