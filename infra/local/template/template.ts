/** One resource of a synthesised CloudFormation template; property values may hold intrinsic functions. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
}

export interface Template {
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
}

/** The templates of an app by stack name. Logical ids are unique within a stack only. */
export type Templates = Readonly<Record<string, Template>>;

/** What the pseudo parameters stand for. */
export interface Place {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

/** The template asks for something that the local cloud cannot give; the message says what and where. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}
