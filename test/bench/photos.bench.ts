import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import sharp from 'sharp';
import { type Bench, rounded } from './figure.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const RUNS = 5;
const MEGABYTE = 1_000_000;
/** All that decodes pictures where the function runs: the WebAssembly binary and no native one. */
const PACKAGES = ['sharp', '@img/colour', '@img/sharp-wasm32', '@emnapi/runtime', 'detect-libc', 'semver'];

interface Run {
  readonly firstSeconds: number;
  readonly seconds: number;
  readonly peakMb: number;
}

/** Processes one photo several times in a process of its own, the loading of the decoder counted with the first. */
const MEASURING = `
import { readFileSync } from 'node:fs';
import { processImage } from './process-image.mjs';
import { peakMemory } from './peak-memory.mjs';
const photo = readFileSync('photo.jpg');
const seconds = [];
for (let run = 0; run < ${RUNS}; run += 1) {
  const start = performance.now();
  await processImage(photo);
  seconds.push((performance.now() - start) / 1000);
}
const [first, ...others] = seconds;
const median = others.sort((a, b) => a - b)[others.length >> 1];
const peakMb = peakMemory() / ${MEGABYTE};
console.log(JSON.stringify({ firstSeconds: first, seconds: median, peakMb }));
`;

/** A photo of 12 MP on its side, as a telephone takes it: from the bytes to picture and thumbnail, in WebAssembly. */
export const photosBench: Bench = {
  topic: 'photos',
  async measure() {
    const { firstSeconds, seconds, peakMb } = await measureInChild();
    return [
      { name: 'Photo of 12 MP processed', value: rounded(seconds), unit: 's', target: '<= 1.5' },
      { name: 'Photo of 12 MP, the first of a process', value: rounded(firstSeconds), unit: 's', target: '<= 1.5' },
      { name: 'Photo of 12 MP, memory of the process', value: Math.round(peakMb), unit: 'MB', target: '<= 512' },
    ];
  },
};

async function measureInChild(): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'photos-bench-'));
  try {
    for (const name of PACKAGES) {
      await cp(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name), { recursive: true });
    }
    await build({
      entryPoints: [join(ROOT, 'shared/platform/image/process-image.ts'), join(import.meta.dirname, 'peak-memory.ts')],
      outdir: folder,
      entryNames: '[name]',
      outExtension: { '.js': '.mjs' },
      bundle: true,
      format: 'esm',
      platform: 'node',
      external: ['sharp'],
    });
    await writeFile(join(folder, 'photo.jpg'), await photoOf12Megapixels());
    await writeFile(join(folder, 'measure.mjs'), MEASURING);
    const { stdout } = await promisify(execFile)(process.execPath, ['measure.mjs'], { cwd: folder });
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Slopes, waves and grain: neither as light as a drawing nor as heavy as noise. */
async function photoOf12Megapixels(): Promise<Buffer> {
  const [width, height] = [4_000, 3_000];
  const pixels = Buffer.alloc(width * height * 3);
  let state = 1;
  for (let at = 0; at < pixels.length; at += 3) {
    const [x, y] = [(at / 3) % width, Math.floor(at / 3 / width)];
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    const grain = (state >> 16) & 31;
    pixels[at] = Math.min(255, (x * 180) / width + 20 + 20 * Math.sin(x / 23) * Math.cos(y / 31) + grain);
    pixels[at + 1] = Math.min(255, (y * 200) / height + grain);
    pixels[at + 2] = Math.min(255, ((x + y) % 256) / 2 + grain);
  }
  const photo = sharp(pixels, { raw: { width, height, channels: 3 } }).blur(1);
  return photo.withMetadata({ orientation: 6 }).jpeg({ quality: 90 }).toBuffer();
}
