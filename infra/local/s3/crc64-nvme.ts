/** Reversed polynomial of CRC-64/NVME. */
const POLYNOMIAL = 0x9a6c9329ac4bc9b5n;
const HIGH = new Uint32Array(256);
const LOW = new Uint32Array(256);

for (let index = 0; index < 256; index += 1) {
  let value = BigInt(index);
  for (let bit = 0; bit < 8; bit += 1) value = value & 1n ? (value >> 1n) ^ POLYNOMIAL : value >> 1n;
  HIGH[index] = Number(value >> 32n);
  LOW[index] = Number(value & 0xffffffffn);
}

/** A CRC-64 in two halves: bigints are some fifty times slower. */
export interface Crc64 {
  readonly high: number;
  readonly low: number;
}

/** CRC-64/NVME of a chunk, continuing from the CRC of what came before it. */
export function crc64Nvme(chunk: Uint8Array, previous: Crc64 = { high: 0, low: 0 }): Crc64 {
  let high = ~previous.high;
  let low = ~previous.low;
  for (const byte of chunk) {
    const index = (low ^ byte) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ (LOW[index] ?? 0);
    high = (high >>> 8) ^ (HIGH[index] ?? 0);
  }
  return { high: ~high >>> 0, low: ~low >>> 0 };
}
