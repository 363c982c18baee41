import type { StageConfig } from '../../infra/config/stage.ts';
import { buildApp } from '../../infra/stay-ops-app.ts';

/** One resource of a template. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly properties: Record<string, unknown>;
  readonly deletionPolicy?: string;
  readonly metadata: Record<string, unknown>;
}

export interface Stacks {
  readonly names: readonly string[];
  /** Whole templates by stack name. */
  readonly templates: ReadonlyMap<string, Record<string, unknown>>;
  /** Resources of all stacks, of one type when it is given. */
  readonly resources: (type?: string) => readonly Resource[];
}

interface RawResource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly Metadata?: Record<string, unknown>;
}

function resourcesIn(template: Record<string, unknown>): Resource[] {
  return Object.entries(template.Resources as Record<string, RawResource>).map(([id, raw]) => ({
    id,
    type: raw.Type,
    properties: raw.Properties ?? {},
    metadata: raw.Metadata ?? {},
    ...(raw.DeletionPolicy && { deletionPolicy: raw.DeletionPolicy }),
  }));
}

const made = new Map<string, Stacks>();

/** The stage's templates, made as the local cloud makes them; once for each stage, because making them takes seconds. */
export function synthesise(stage: StageConfig): Stacks {
  const name = JSON.stringify(stage);
  const stacks = made.get(name) ?? makeStacks(stage);
  made.set(name, stacks);
  return stacks;
}

function makeStacks(stage: StageConfig): Stacks {
  const { stacks } = buildApp({ stage, bundle: false, validation: false }).synth();
  const templates = new Map(stacks.map((stack) => [stack.stackName, stack.template as Record<string, unknown>]));
  const all = [...templates.values()].flatMap(resourcesIn);
  return {
    names: [...templates.keys()],
    templates,
    resources: (type) => all.filter((resource) => type === undefined || resource.type === type),
  };
}

type Intrinsic = { Ref?: string; 'Fn::GetAtt'?: readonly string[]; 'Fn::Join'?: readonly [string, readonly unknown[]] };

/** A value with its intrinsic functions spelled out: `<Ref>`, `<Id.Attribute>`, joins joined. */
export function spelled(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as Intrinsic;
  if (Ref !== undefined) return `<${Ref}>`;
  if (attribute !== undefined) return `<${attribute.join('.')}>`;
  if (join !== undefined) return join[1].map(spelled).join(join[0]);
  return JSON.stringify(value);
}

/** A property that may be one value or several. */
export function listed(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
