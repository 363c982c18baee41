import { setFlagsFromString } from 'node:v8';

/**
 * Has V8 count buffers with the heap. Otherwise it collects everything whenever 64 MB of them have come since it last
 * did, which is every 2.5 s while lists are read at 10 connections, and the calls of that moment wait: of 10,000 tasks'
 * lists the 99th percentile was 2.0 to 2.6 times the mean with this, and 2.5 to 2.8 times without (November 2026, six
 * runs of each by turns). A Lambda instance has one call at a time and no such moment.
 */
export function collectRarely(): void {
  setFlagsFromString('--external-memory-accounted-in-global-limit');
}
