import type { ObjectRecord } from './object-record.ts';
import { S3Error } from './s3-error.ts';

export interface ListQuery {
  readonly prefix: string;
  /** Groups keys by what is between the prefix and it. */
  readonly delimiter: string | undefined;
  /** 0 to 1000, keys and groups together. */
  readonly maxKeys: number;
  readonly startAfter: string | undefined;
  readonly continuationToken: string | undefined;
}

export interface ListPage {
  readonly objects: readonly ObjectRecord[];
  readonly commonPrefixes: readonly string[];
  readonly nextToken: string | undefined;
}

/** One page of ListObjectsV2 over records in byte order of their keys. */
export function listPage(records: readonly ObjectRecord[], query: ListQuery): ListPage {
  const objects: ObjectRecord[] = [];
  const groups = new Set<string>();
  const after = query.continuationToken === undefined ? query.startAfter : readToken(query.continuationToken);
  let last = after;
  for (const record of records) {
    if (!record.key.startsWith(query.prefix) || isBefore(record.key, after, query)) continue;
    const group = groupOf(record.key, query);
    if (group !== undefined && groups.has(group)) continue;
    if (objects.length + groups.size >= query.maxKeys) {
      return { objects, commonPrefixes: [...groups], nextToken: query.maxKeys === 0 ? undefined : writeToken(last) };
    }
    if (group === undefined) objects.push(record);
    else groups.add(group);
    last = group ?? record.key;
  }
  return { objects, commonPrefixes: [...groups], nextToken: undefined };
}

/** A page that ended with a group goes on after all of its keys, not after the group's name. */
function isBefore(key: string, after: string | undefined, query: ListQuery): boolean {
  if (after === undefined) return false;
  if (Buffer.compare(Buffer.from(key), Buffer.from(after)) <= 0) return true;
  return query.continuationToken !== undefined && groupOf(key, query) === after;
}

function groupOf(key: string, { prefix, delimiter }: ListQuery): string | undefined {
  if (delimiter === undefined || delimiter === '') return undefined;
  const end = key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
}

function writeToken(last: string | undefined): string {
  return Buffer.from(JSON.stringify({ after: last ?? '' })).toString('base64url');
}

function readToken(token: string): string {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (parsed !== null && typeof parsed === 'object' && 'after' in parsed && typeof parsed.after === 'string') {
      return parsed.after;
    }
  } catch {
    // Answered below: the token is not one of ours.
  }
  throw new S3Error('InvalidArgument', 'The continuation token provided is incorrect', {
    ArgumentName: 'continuation-token',
  });
}
