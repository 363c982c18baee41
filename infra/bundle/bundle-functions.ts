import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { build, type Metafile, type OutputFile } from 'esbuild';

const ROOT = join(import.meta.dirname, '..', '..');

/** One function's code as it is deployed. */
export interface FunctionBundle {
  readonly name: string;
  /** Size of `handler.mjs`. */
  readonly bytes: number;
  /** Files that have code in it, relative to the project, sorted. */
  readonly inputs: readonly string[];
}

/** A file that lies beside a bundle because its code reads it at run time. */
interface BundleAsset {
  readonly function: string;
  readonly from: string;
  /** Below the bundle's folder. */
  readonly to: string;
}

/**
 * What decodes pictures is WebAssembly, so that it runs on any processor; its packages cannot be bundled, because they
 * look for their binary beside themselves.
 */
const PICTURE_PACKAGES = [
  'sharp/package.json',
  'sharp/dist',
  '@img/colour',
  '@img/sharp-wasm32',
  '@emnapi/runtime',
  'detect-libc',
  'semver',
];

/** The documentation page finds Swagger UI as a package; what a function hands out lies beside its handler. */
const ASSETS: readonly BundleAsset[] = [
  ...['package.json', 'swagger-ui.css', 'swagger-ui-bundle.js'].map((file) => ({
    function: 'meta',
    from: `node_modules/swagger-ui-dist/${file}`,
    to: `node_modules/swagger-ui-dist/${file}`,
  })),
  ...['photo-uploads', 'import-photos'].flatMap((name) =>
    PICTURE_PACKAGES.map((path) => ({ function: name, from: `node_modules/${path}`, to: `node_modules/${path}` })),
  ),
  { function: 'meta', from: 'functions/meta/openapi.yaml', to: 'openapi.yaml' },
  { function: 'apartments', from: 'functions/apartments/plantilla.xlsx', to: 'plantilla.xlsx' },
  ...['bookings.xlsx', 'bookings-by-property.xlsx'].map((file) => ({
    function: 'booking-imports',
    from: `functions/booking-imports/${file}`,
    to: file,
  })),
];

/** Packages published as CommonJS ask for `require` at run time, which an ES module does not have. */
const REQUIRE_BANNER =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

async function handlersPresent(): Promise<readonly string[]> {
  const handlers = await readdir(join(ROOT, 'functions'), { recursive: true });
  return handlers.filter((file) => basename(file) === 'handler.ts' && dirname(dirname(file)) === '.').map(dirname);
}

/** @throws Error naming every function that is declared without a handler, or has one without being declared */
function checkDeclared(declared: readonly string[], present: readonly string[]): void {
  const missing = declared.filter((name) => !present.includes(name)).map((name) => `functions/${name}/handler.ts`);
  if (missing.length > 0) throw new Error(`Declared functions without a handler: ${missing.join(', ')}`);
  const unknown = present.filter((name) => !declared.includes(name));
  if (unknown.length > 0) throw new Error(`Handlers that no function declares: ${unknown.join(', ')}`);
}

function bundleOf(name: string, { outputs }: Metafile): FunctionBundle {
  const [, output] = Object.entries(outputs).find(([path]) => path.endsWith(`/${name}/handler.mjs`)) ?? [];
  if (output === undefined) throw new Error(`esbuild wrote no bundle for ${name}`);
  // What was shaken out has no bytes left.
  const inputs = Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) =>
    bytesInOutput > 0 ? [path] : [],
  );
  return { name, bytes: output.bytes, inputs: inputs.sort() };
}

/** Source maps lie apart: they would triple what a cold start has to fetch, and nothing reads them there. */
async function writeOutput({ path, contents }: OutputFile, functionsDir: string, mapsDir: string): Promise<void> {
  const inside = relative(functionsDir, path);
  const target = path.endsWith('.map') ? join(mapsDir, `${dirname(inside)}.mjs.map`) : path;
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, contents);
}

async function copyAsset(asset: BundleAsset, functionsDir: string): Promise<void> {
  await cp(join(ROOT, asset.from), join(functionsDir, asset.function, asset.to), { recursive: true });
}

/**
 * Bundles functions in one esbuild pass, each into `<outdir>/functions/<name>/handler.mjs` with what it reads at run
 * time beside it, and its source map into `<outdir>/maps` (ADR 0003).
 *
 * @param declared names of the functions, which have to be exactly the folders with a `handler.ts`
 * @throws Error naming the functions for which that does not hold
 */
export async function bundleFunctions(
  declared: readonly string[],
  { outdir = join(ROOT, 'dist') }: { outdir?: string } = {},
): Promise<readonly FunctionBundle[]> {
  checkDeclared(declared, await handlersPresent());
  const functionsDir = join(outdir, 'functions');
  const { metafile, outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: declared.map((name) => ({ in: `functions/${name}/handler.ts`, out: `${name}/handler` })),
    outdir: functionsDir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    external: ['sharp'],
    alias: { '@aws-sdk/credential-provider-node': join(import.meta.dirname, 'lambda-credentials.ts') },
    minify: true,
    sourcemap: 'external',
    legalComments: 'none',
    banner: { js: REQUIRE_BANNER },
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  await rm(outdir, { recursive: true, force: true });
  await Promise.all(outputFiles.map((file) => writeOutput(file, functionsDir, join(outdir, 'maps'))));
  await Promise.all(
    ASSETS.filter((asset) => declared.includes(asset.function)).map((asset) => copyAsset(asset, functionsDir)),
  );
  return declared.map((name) => bundleOf(name, metafile));
}
