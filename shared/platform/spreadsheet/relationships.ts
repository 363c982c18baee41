import { type PartSource, readPart } from './read-part.ts';

export interface Relationship {
  readonly id: string;
  /** Last segment of the type, which the transitional and the strict vocabulary share: `worksheet`, `styles`… */
  readonly type: string;
  /** Name of the part meant, without leading slash; `undefined` for what lies outside the package. */
  readonly partName: string | undefined;
}

/** Relationships of a part, or of the package itself for `''`; none where there is no relationships part. */
export async function readRelationships(source: PartSource, partName: string): Promise<Relationship[]> {
  const slash = partName.lastIndexOf('/') + 1;
  const relationshipsPart = `${partName.slice(0, slash)}_rels/${partName.slice(slash)}.rels`;
  if (!source.parts.has(relationshipsPart)) return [];
  const relationships: Relationship[] = [];
  const open = (name: string, attributes: Readonly<Record<string, string | undefined>>) => {
    if (name !== 'Relationship') return;
    const { Id = '', Type = '', Target = '', TargetMode } = attributes;
    relationships.push({
      id: Id,
      type: Type.slice(Type.lastIndexOf('/') + 1),
      partName: TargetMode === 'External' ? undefined : resolveTarget(partName, Target),
    });
  };
  await readPart(source, relationshipsPart, { open, close: () => {} }, source.limits.metadataBytes);
  return relationships;
}

/** RFC 3986 §5.2 for package paths: `..` never leaves the package, and the result only ever names a zip entry. */
function resolveTarget(fromPart: string, target: string): string {
  const path = target.startsWith('/') ? target : `${fromPart.slice(0, fromPart.lastIndexOf('/') + 1)}${target}`;
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments.join('/');
}
