import { existsSync, readFileSync } from 'node:fs';

const STATUS = '/proc/self/status';

/**
 * The most that this process has had resident, in bytes. Linux hands `maxRSS` on from the process that started this one
 * (a bench that holds 600 MB would be measured, not its child); `VmHWM` (proc_pid_status(5)) begins anew.
 */
export function peakMemory(): number {
  const kilobytes = existsSync(STATUS) ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(STATUS, 'utf8'))?.[1] : undefined;
  return (kilobytes === undefined ? process.resourceUsage().maxRSS : Number(kilobytes)) * 1024;
}
