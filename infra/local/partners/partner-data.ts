import type * as z from 'zod';

/** What a stand-in answers from, as a test or a person may set it. */
export interface PartnerData<T = unknown> {
  get(): T;
  /**
   * Sets the named parts and leaves the others.
   * @throws z.ZodError when the result is not what the stand-in can answer from
   */
  merge(parts: Readonly<Record<string, unknown>>): void;
  /** Back to what it begins with. */
  reset(): void;
}

/** Data of one stand-in; `initial` is asked each time until something is set, so that it may follow the clock. */
export function scriptedData<S extends z.ZodType<object>>(
  schema: S,
  initial: () => z.input<S>,
): PartnerData<z.output<S>> {
  let set: z.output<S> | undefined;
  const get = () => set ?? schema.parse(initial());
  return {
    get,
    merge(parts) {
      set = schema.parse({ ...get(), ...parts });
    },
    reset() {
      set = undefined;
    },
  };
}
